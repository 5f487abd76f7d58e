import { completionStatus, closeCompletion } from '@codemirror/autocomplete';
import {
  copyLineDown,
  copyLineUp,
  deleteLine,
  history,
  historyField,
  historyKeymap,
  moveLineDown,
  moveLineUp,
  standardKeymap,
} from '@codemirror/commands';
import { commonmarkLanguage, deleteMarkupBackward, markdown } from '@codemirror/lang-markdown';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { dropCursor, EditorView, keymap, placeholder, type Command } from '@codemirror/view';
import { tagHighlighter, tags } from '@lezer/highlight';
import { GFM } from '@lezer/markdown';
import { completion, takeOffer } from './complete';
import { findAndReplace, finding } from './find/find';
import { dropSelected, makeProse, tick, tickSelected } from './keys/items';
import { enter, home, indent, outdent } from './keys/lists';
import { markers } from './keys/markers';
import { nextToo, onlyMain, several } from './keys/several';
import { bars, cellBefore, newRow, nextCell } from './keys/table';
import { wrapIn } from './keys/wrap';
import { underWay } from './paste/files';
import { pastePlain, pasting } from './paste/paste';
import { place, type Place } from './place';
import { direction } from './preview/direction';
import { preview } from './preview/preview';
import { both } from './text/both';
import { columns } from './preview/tables';
import { reading } from './preview/reading';
import { linkAt } from './preview/syntax';
import { anchorCare } from './text/anchor-care';
import { lineEndings, shapeOf } from './text/endings';

export interface SetupOptions {
  place: Place;
  /** The spoken name of the text field. */
  label: string;
  placeholder: string;
  readonly: boolean;
  /** Esc with nothing open. */
  leave: () => void;
  /** Mod+S. */
  save: () => void;
}

/** The keys of the editor, as the overlay lists them. */
export const bindings: { chord: string; does: string; run: Command }[] = [
  { chord: 'Mod+Enter', does: 'Tick the action', run: tickSelected },
  { chord: 'Mod+Shift+Enter', does: 'Drop the action', run: dropSelected },
  { chord: 'Mod+.', does: 'Take what is offered', run: takeOffer },
  { chord: 'Mod+\\', does: 'Make the line prose', run: makeProse },
  { chord: 'Mod+Alt+V', does: 'Paste as plain text', run: pastePlain },
  { chord: 'Mod+B', does: 'Bold', run: wrapIn('**') },
  { chord: 'Mod+I', does: 'Emphasis', run: wrapIn('_') },
  { chord: 'Mod+E', does: 'Code', run: wrapIn('`') },
  { chord: 'Mod+Alt+F', does: 'Find and replace', run: findAndReplace },
  { chord: 'Mod+D', does: 'Write at the next place of the word too', run: nextToo },
  { chord: 'Alt+ArrowUp', does: 'Move the line up', run: moveLineUp },
  { chord: 'Alt+ArrowDown', does: 'Move the line down', run: moveLineDown },
];

/** Everything an editor of a note is made of, but its text. */
export function setup(options: SetupOptions): Extension {
  const { readonly } = options;
  return [
    place.of(options.place),
    anchorCare(),
    history({ minDepth: 1_000, newGroupDelay: 400 }),
    markdown({
      base: commonmarkLanguage,
      extensions: [GFM],
      addKeymap: false,
      completeHTMLTags: false,
      pasteURLAsLink: false,
    }),
    syntaxHighlighting(words),
    reading(),
    preview(),
    columns,
    direction,
    several,
    both,
    readonly ? [] : [completion(), pasting(), underWay, markers, bars],
    finding(),
    dropCursor(),
    EditorView.lineWrapping,
    // The style elements CodeMirror makes are let in by the nonce the program gave to the page's own, and by nothing else.
    EditorView.cspNonce.of(document.querySelector('style')?.nonce ?? ''),
    placeholder(options.placeholder),
    EditorState.readOnly.of(readonly),
    EditorView.editable.of(!readonly),
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      'aria-readonly': String(readonly),
      // Tab is a key of the text: how one gets out is said.
      'aria-description': readonly ? '' : 'Escape leads out of the note.',
      spellcheck: 'true',
      autocorrect: 'off',
      autocapitalize: 'off',
      translate: 'no',
      tabindex: '0',
    }),
    pointer(),
    keymap.of([
      ...bindings.map(({ chord, run }) => ({
        key: chord.replaceAll('+', '-').replace(/-([A-Z])$/, (_, key: string) => `-${key.toLowerCase()}`),
        run,
        preventDefault: true,
      })),
      { key: 'Mod-s', run: () => (options.save(), true), preventDefault: true },
      { key: 'Enter', run: newRow },
      { key: 'Enter', run: enter },
      { key: 'Backspace', run: deleteMarkupBackward },
      { key: 'Tab', run: nextCell },
      { key: 'Tab', run: indent },
      { key: 'Shift-Tab', run: cellBefore },
      { key: 'Shift-Tab', run: outdent },
      { key: 'Home', run: home },
      { key: 'Shift-Alt-ArrowUp', run: copyLineUp },
      { key: 'Shift-Alt-ArrowDown', run: copyLineDown },
      { key: 'Shift-Mod-k', run: deleteLine },
      ...historyKeymap.filter(({ key }) => !/u$/.test(key ?? '')),
      ...standardKeymap,
    ]),
    Prec.lowest(keymap.of([{ key: 'Escape', run: escape(options.leave) }])),
  ];
}

/** A state with this text; with the undo history of an earlier one of the same text, where there is one. */
export function stateOf(text: string, extensions: Extension, earlier: Kept | null = null): EditorState {
  const shape = shapeOf(text);
  const all = [lineEndings(shape), extensions];
  if (earlier && earlier.text === text) {
    return EditorState.fromJSON(earlier.json, { extensions: all }, { history: historyField });
  }
  return EditorState.create({ doc: shape.doc, extensions: all });
}

/** What is kept of an editor that goes: text, cursor and undo history. */
export interface Kept {
  text: string;
  json: unknown;
  scroll: number;
}

export function keep(state: EditorState, text: string, scroll: number): Kept {
  return { text, json: state.toJSON({ history: historyField }), scroll };
}

const words = tagHighlighter([
  { tag: tags.strong, class: 'note-strong' },
  { tag: tags.emphasis, class: 'note-emphasis' },
  { tag: tags.strikethrough, class: 'note-struck' },
  { tag: tags.monospace, class: 'note-mono' },
  { tag: [tags.processingInstruction, tags.contentSeparator], class: 'note-mark' },
  { tag: tags.labelName, class: 'note-mark' },
]);

function escape(leave: () => void): Command {
  return (view) => {
    if (completionStatus(view.state) !== null) return closeCompletion(view);
    if (onlyMain(view)) return true;
    leave();
    return true;
  };
}

/** The mouse: boxes are ticked, links opened with Mod, offers taken. */
function pointer(): Extension {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      const target = event.target instanceof Element ? event.target : null;
      const box = target?.closest('[data-tick]');
      if (box && !view.state.readOnly) {
        const spec = tick(view.state, view.posAtDOM(box));
        if (spec) view.dispatch(spec);
        event.preventDefault();
        return true;
      }
      if (target?.closest('[data-offer]')) {
        event.preventDefault();
        return takeOffer(view);
      }
      if (event.ctrlKey || event.metaKey) {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        const url = at === null ? null : linkAt(view.state, at);
        if (!url) return false;
        event.preventDefault();
        view.state.facet(place).openUrl(url);
        return true;
      }
      return false;
    },
  });
}
