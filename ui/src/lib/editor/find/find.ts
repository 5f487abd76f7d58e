import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  search,
  searchKeymap,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView, keymap, type Panel, type ViewUpdate } from '@codemirror/view';

/** More are not counted. */
const mostCounted = 999;
const wanted = ['Mod-f', 'F3', 'Mod-g', 'Escape'];

/** Find in the note: a quiet bar with the count. */
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

function bar(view: EditorView): Panel {
  const dom = document.createElement('div');
  dom.className = 'note-find';
  dom.setAttribute('role', 'search');
  const input = document.createElement('input');
  input.setAttribute('main-field', 'true');
  input.setAttribute('aria-label', 'Find in note');
  input.placeholder = 'Find in note';
  input.value = getSearchQuery(view.state).search;
  const count = document.createElement('span');
  count.className = 'note-find-count';
  count.setAttribute('role', 'status');
  const previous = button('↑', 'Previous', () => findPrevious(view));
  const next = button('↓', 'Next', () => findNext(view));
  const close = button('Esc', 'Close', () => leave());
  dom.append(input, count, previous, next, close);

  const leave = () => {
    closeSearchPanel(view);
    view.focus();
  };
  const tell = () => {
    count.textContent = countWords(countMatches(view.state, getSearchQuery(view.state)), input.value !== '');
  };
  input.addEventListener('input', () => {
    const query = new SearchQuery({ search: input.value, literal: true });
    const found = firstMatch(view.state, query, view.state.selection.main.from);
    view.dispatch({
      effects: [
        setSearchQuery.of(query),
        ...(found ? [EditorView.scrollIntoView(found.from, { y: 'nearest', yMargin: 60 })] : []),
      ],
      ...(found ? { selection: { anchor: found.from, head: found.to } } : {}),
    });
  });
  dom.addEventListener('keydown', (event) => {
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter') (event.shiftKey ? findPrevious : findNext)(view);
    else if (mod && event.key === 'f') input.select();
    else if (event.key === 'F3' || (mod && event.key === 'g'))
      (event.shiftKey ? findPrevious : findNext)(view);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  tell();
  return {
    dom,
    top: true,
    mount: () => input.select(),
    update(update: ViewUpdate) {
      const query = getSearchQuery(update.state);
      const asked = update.transactions.some((tr) => tr.effects.some((effect) => effect.is(setSearchQuery)));
      if (asked && query.search !== input.value) input.value = query.search;
      if (asked || update.docChanged || update.selectionSet) tell();
    },
  };
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
