import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  openSearchPanel,
  replaceAll,
  replaceNext,
  search,
  searchKeymap,
  setSearchQuery,
  type SearchQuery,
} from '@codemirror/search';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView, keymap, type Command, type Panel, type ViewUpdate } from '@codemirror/view';
import { Sought, wordsOf } from './sought';

/** More are not counted. */
const mostCounted = 999;
const wanted = ['Mod-f', 'F3', 'Mod-g', 'Escape'];

/** Find in the note: a quiet bar with the count, and on demand a line to replace with. */
export function finding(): Extension {
  return [
    search({ top: true, createPanel: bar }),
    keymap.of(searchKeymap.filter(({ key }) => key && wanted.includes(key))),
  ];
}

/** Which of how many matches the selection is on; 0 where it is on none. */
export function countMatches(state: EditorState, query: SearchQuery): { at: number; of: number } {
  if (!query.valid || query.search === '') return { at: 0, of: 0 };
  const { from, to } = state.selection.main;
  let [at, of] = [0, 0];
  const matches = query.getCursor(state);
  for (let next = matches.next(); !next.done && of < mostCounted; next = matches.next()) {
    of += 1;
    if (next.value.from === from && next.value.to === to) at = of;
  }
  return { at, of };
}

/** The match at or after a place, else the first of all. */
export function firstMatch(
  state: EditorState,
  query: SearchQuery,
  from: number,
): { from: number; to: number } | null {
  if (!query.valid || query.search === '') return null;
  for (const start of [from, 0]) {
    const next = query.getCursor(state, start).next();
    if (!next.done) return next.value;
  }
  return null;
}

/** `3 of 12`, `12 found`, `Not found`. */
export function countWords({ at, of }: { at: number; of: number }, searched: boolean): string {
  if (!searched) return '';
  if (of === 0) return 'Not found';
  const many = of >= mostCounted ? `${mostCounted}+` : String(of);
  return at > 0 ? `${at} of ${many}` : `${many} found`;
}

/** Opens the bar with the line for what takes the place of the words. */
export const findAndReplace: Command = (view) => {
  openSearchPanel(view);
  view.dom.querySelector('.note-find')?.dispatchEvent(new CustomEvent('replacing'));
  return true;
};

function bar(view: EditorView): Panel {
  const dom = document.createElement('div');
  dom.className = 'note-find';
  dom.setAttribute('role', 'search');
  const input = field('Find in note', () => seek(true));
  input.setAttribute('main-field', 'true');
  const count = document.createElement('span');
  count.className = 'note-find-count';
  count.setAttribute('role', 'status');
  const instead = field('Replace with', () => seek(false));
  const second = document.createElement('div');
  second.className = 'note-find-line';
  second.hidden = true;
  second.append(
    instead,
    button('Replace', 'Replace this one', () => replaceNext(view)),
    button('All', 'Replace all of them', () => replaceAll(view)),
  );
  const open = button('Replace…', 'Find and replace', () => show(second.hidden === true));
  const first = document.createElement('div');
  first.className = 'note-find-line';
  first.append(
    input,
    count,
    button('↑', 'Previous', () => findPrevious(view)),
    button('↓', 'Next', () => findNext(view)),
    ...(view.state.readOnly ? [] : [open]),
    button('Esc', 'Close', () => leave()),
  );
  dom.append(first, second);

  const leave = () => {
    closeSearchPanel(view);
    view.focus();
  };
  const show = (shown: boolean) => {
    second.hidden = !shown;
    open.setAttribute('aria-expanded', String(shown));
    (shown ? instead : input).focus();
  };
  show(false);
  const tell = () => {
    count.textContent = countWords(countMatches(view.state, getSearchQuery(view.state)), input.value !== '');
  };
  const seek = (moves: boolean) => {
    const query = new Sought(input.value, instead.value);
    const found = moves ? firstMatch(view.state, query, view.state.selection.main.from) : null;
    view.dispatch({
      effects: [
        setSearchQuery.of(query),
        ...(found ? [EditorView.scrollIntoView(found.from, { y: 'nearest', yMargin: 60 })] : []),
      ],
      ...(found ? { selection: { anchor: found.from, head: found.to } } : {}),
    });
  };
  // What was selected as the bar opened is words too, and no pattern.
  const asWords = () => {
    const query = getSearchQuery(view.state);
    if (query instanceof Sought) return;
    view.dispatch({ effects: setSearchQuery.of(new Sought(query.search, instead.value)) });
  };
  dom.addEventListener('replacing', () => !view.state.readOnly && show(true));
  dom.addEventListener('keydown', (event) => {
    const mod = event.ctrlKey || event.metaKey;
    const back = event.shiftKey;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && event.target === instead) (mod ? replaceAll : replaceNext)(view);
    else if (event.key === 'Enter' && event.target === input) (back ? findPrevious : findNext)(view);
    else if (mod && event.altKey && event.key === 'f') show(second.hidden === true && !view.state.readOnly);
    else if (mod && event.key === 'f') input.select();
    else if (event.key === 'F3' || (mod && event.key === 'g')) (back ? findPrevious : findNext)(view);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.value = wordsOf(getSearchQuery(view.state));
  tell();
  return {
    dom,
    top: true,
    mount: () => {
      // The editor is in the midst of opening the bar.
      queueMicrotask(asWords);
      input.select();
    },
    update(update: ViewUpdate) {
      const query = getSearchQuery(update.state);
      const asked = update.transactions.some((tr) => tr.effects.some((effect) => effect.is(setSearchQuery)));
      if (asked && wordsOf(query) !== input.value) input.value = wordsOf(query);
      if (asked && !(query instanceof Sought)) queueMicrotask(asWords);
      if (asked || update.docChanged || update.selectionSet) tell();
    },
  };
}

function field(name: string, oninput: () => void): HTMLInputElement {
  const made = document.createElement('input');
  made.setAttribute('aria-label', name);
  made.placeholder = name;
  made.addEventListener('input', oninput);
  return made;
}

function button(text: string, name: string, run: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', name);
  made.title = name;
  made.addEventListener('click', run);
  return made;
}
