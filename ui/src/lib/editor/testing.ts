import { ensureSyntaxTree } from '@codemirror/language';
import { EditorSelection, type EditorState } from '@codemirror/state';
import type { Decoration, DecorationSet } from '@codemirror/view';
import type { Mark } from '$lib/backend/types';
import type { Place } from './place';
import { draw } from './preview/preview';
import { rangesOf, setTold } from './preview/told';
import { Lead, OfferHint, Picture, Words } from './preview/widgets';
import { setup, stateOf } from './setup';

/** For tests: an editor's state from a text in which `|` stands for the cursor, two of them for a selection, `¦` for a bar. */
export function open(marked: string, place: Partial<Place> = {}, readonly = false): EditorState {
  const at = [...marked.matchAll(/\|/g)].map(({ index }, nth) => index - nth);
  const world: Place = {
    read: null,
    complete: async () => [],
    personNew: async (name) => ({
      label: name,
      detail: null,
      insert: `@${name}`,
      person_id: null,
      group: 'new',
    }),
    attachmentUrl: (path) => `vault:${path}`,
    attachmentAdd: async (name) => `attachments/${name}`,
    attachmentPaste: async () => null,
    openUrl: () => undefined,
    discreet: () => false,
    today: () => '2026-11-19',
    complain: () => undefined,
    ...place,
  };
  const text = marked.replaceAll('|', '').replaceAll('¦', '|');
  let state = stateOf(
    text,
    setup({
      place: world,
      label: 'Notes',
      placeholder: '',
      readonly,
      leave: () => undefined,
      save: () => undefined,
    }),
  );
  ensureSyntaxTree(state, state.doc.length, 5_000);
  state = state.update({ selection: EditorSelection.single(at[0] ?? 0, at[1] ?? at[0] ?? 0) }).state;
  return state;
}

/** The text with the cursor in it, as `open` takes it. */
export function shown(state: EditorState): string {
  const text = state.doc.toString().replaceAll('|', '¦');
  const { anchor, head } = state.selection.main;
  return [...new Set([anchor, head])]
    .sort((a, b) => b - a)
    .reduce((said, at) => `${said.slice(0, at)}|${said.slice(at)}`, text);
}

/** A mark with nothing in it but what is given. */
export function mark(line: Partial<Mark> & { from: number; to: number }): Mark {
  return {
    line: 1,
    kind: null,
    status: null,
    marker: null,
    owners: [],
    mentions: [],
    due: null,
    revisit: null,
    topics: [],
    links: [],
    anchor: null,
    offers: [],
    ...line,
  };
}

/** The state once Rust has told this. */
export function tell(state: EditorState, marks: Mark[]): EditorState {
  return state.update({ effects: setTold.of(rangesOf(marks, state.doc.toString(), state.doc, null)) }).state;
}

/** What one sees: hidden text is gone, what stands in its place is in ⟨⟩, signs by their names. */
export function seen(state: EditorState, focused = false): string {
  const { main } = draw(state, [{ from: 0, to: state.doc.length }], focused);
  const cuts: { from: number; to: number; text: string }[] = [];
  each(main, (from, to, { spec }) => {
    if (spec.widget) cuts.push({ from, to, text: `⟨${wordsOf(spec.widget)}⟩` });
    else if (to > from && spec.class === undefined && spec.attributes === undefined)
      cuts.push({ from, to, text: '' });
  });
  let text = '';
  let at = 0;
  for (const cut of cuts) {
    if (cut.from < at) continue;
    text += state.sliceDoc(at, cut.from) + cut.text;
    at = cut.to;
  }
  return text + state.sliceDoc(at);
}

/** The classes that stand on a stretch. */
export function stylesAt(state: EditorState, words: string, focused = false): string[] {
  const at = state.doc.toString().indexOf(words);
  const { main } = draw(state, [{ from: 0, to: state.doc.length }], focused);
  const styles: string[] = [];
  each(main, (from, to, { spec }) => {
    const isLine = from === to && state.doc.lineAt(at).from === from && !spec.widget;
    if (spec.class && ((from <= at && to >= at + words.length) || isLine))
      styles.push(...String(spec.class).split(' '));
  });
  return styles;
}

function each(set: DecorationSet, visit: (from: number, to: number, value: Decoration) => void): void {
  for (const cursor = set.iter(); cursor.value; cursor.next()) visit(cursor.from, cursor.to, cursor.value);
}

function wordsOf(widget: unknown): string {
  if (widget instanceof Lead) return (widget.sign ?? widget.text) + (widget.late ? ' late' : '');
  if (widget instanceof Words) return widget.text;
  if (widget instanceof OfferHint) return `${widget.label} ${widget.key}`;
  if (widget instanceof Picture) return widget.url;
  return '?';
}
