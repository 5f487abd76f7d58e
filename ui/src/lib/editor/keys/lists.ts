import { insertNewlineContinueMarkupCommand } from '@codemirror/lang-markdown';
import { EditorSelection, type EditorState, type Line, type StateCommand } from '@codemirror/state';
import { anchorOf } from '../text/anchors';
import { readLine } from '../text/line';
import { groundAt } from './items';

const continueMarkup = insertNewlineContinueMarkupCommand({ nonTightLists: false });

/** Enter: lists, boxes and quotes go on, an empty one ends them, code keeps its indent. */
export const enter: StateCommand = (target) => {
  const { state, dispatch } = target;
  if (state.readOnly) return false;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const read = readLine(line.text);
  const anchor = anchorOf(line.text);
  const said = line.text.slice(read.content, anchor?.from ?? line.text.length);
  const single = state.selection.ranges.length === 1 && main.empty && !groundAt(state, line.from);
  if (single && read.bullet && said.trim() === '' && main.head >= line.from + read.content)
    return endList(state, dispatch, line, read);
  if (single && !read.bullet && read.quote > 0 && said.trim() === '' && main.head >= line.from + read.quote)
    return endQuote(state, dispatch, line, read.quote);
  // A line without a word ends what was indented: what comes next stands at the margin, and is no code.
  if (single && !read.bullet && read.quote === 0 && line.length > 0 && line.text.trim() === '') {
    const insert = state.lineBreak;
    dispatch(
      state.update({
        changes: { from: line.from, to: line.to, insert },
        selection: { anchor: line.from + insert.length },
        scrollIntoView: true,
        userEvent: 'input',
      }),
    );
    return true;
  }
  // Lezer knows no dropped box: the next one is empty.
  if (single && read.bullet && read.box && main.head >= line.from + read.content) {
    const next = read.bullet.ordered
      ? line.text.slice(read.bullet.from, read.bullet.to).replace(/\d+/, (n) => String(Number(n) + 1))
      : line.text.slice(read.bullet.from, read.bullet.to);
    const insert = `${state.lineBreak}${line.text.slice(0, read.bullet.from)}${next} [ ] `;
    const blanks = /[ \t]*$/.exec(state.sliceDoc(line.from + read.content, main.head))?.[0].length ?? 0;
    const from = main.head - (main.head === line.from + (anchor?.from ?? line.length) ? blanks : 0);
    dispatch(
      state.update({
        changes: { from, to: main.head, insert },
        selection: { anchor: from + insert.length },
        scrollIntoView: true,
        userEvent: 'input',
      }),
    );
    return true;
  }
  return continueMarkup(target);
};

/**
 * An empty bullet goes out by a step, and at the margin ends the list. Where an item stands above, an empty line is left
 * between them: without it, what comes next belongs to the item for every reader of Markdown.
 */
function endList(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  line: Line,
  read: ReturnType<typeof readLine>,
): boolean {
  const start = line.from + read.quote;
  if (read.indent > read.quote) {
    const changes = { from: start, to: start + outdentBy(line.text, read) };
    dispatch(state.update({ changes, scrollIntoView: true, userEvent: 'delete' }));
    return true;
  }
  const quote = line.text.slice(0, read.quote);
  const changes = isInList(state, line.number - 1)
    ? {
        from: start - (/[ \t]*$/.exec(quote)?.[0].length ?? 0),
        to: line.from + read.content,
        insert: `${state.lineBreak}${quote}`,
      }
    : { from: start, to: line.from + read.content };
  leaveBehind(state, dispatch, changes);
  return true;
}

/** An empty line of a quote goes out by one sign, with an empty line between what is said and what comes next. */
function endQuote(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  line: Line,
  quote: number,
): boolean {
  const outer = line.text.slice(0, quote).replace(/>[ \t]*$/, '');
  const above = line.number > 1 && readLine(state.doc.line(line.number - 1).text);
  const insert = above && above.quote > 0 ? `${outer.trimEnd()}${state.lineBreak}${outer}` : outer;
  leaveBehind(state, dispatch, { from: line.from, to: line.to, insert });
  return true;
}

function leaveBehind(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  change: { from: number; to: number; insert?: string },
): void {
  dispatch(
    state.update({
      changes: change,
      selection: { anchor: change.from + (change.insert?.length ?? 0) },
      scrollIntoView: true,
      userEvent: 'delete',
    }),
  );
}

/** An item, or a line that belongs to one by its indent. */
function isInList(state: EditorState, number: number): boolean {
  if (number < 1) return false;
  const read = readLine(state.doc.line(number).text);
  return read.bullet !== null || (read.indent > read.quote && read.content < state.doc.line(number).length);
}

const step = 2;

/**
 * Tab: list items, and lines that belong to the one above, go in by a step, and so does code at the cursor. In running text
 * it does nothing: who types without looking stays where they are, and `Escape` leads out.
 */
export const indent: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const lines = linesOf(state);
  if (lines.every((line) => groundAt(state, line.from) === 'code')) return indentCode(state, dispatch, lines);
  if (!lines.every((line) => mayIndent(state, line))) return true;
  const changes = lines.map((line) => {
    const { quote } = readLine(line.text);
    return { from: line.from + quote, insert: ' '.repeat(widthAbove(state, line)) };
  });
  dispatch(state.update({ changes, userEvent: 'input.indent', selection: after(state, changes) }));
  return true;
};

function indentCode(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  lines: { from: number }[],
): true {
  const insert = ' '.repeat(step);
  const changes =
    lines.length > 1 ? lines.map(({ from }) => ({ from, insert })) : state.replaceSelection(insert).changes;
  const selection = lines.length > 1 ? undefined : state.replaceSelection(insert).selection;
  dispatch(state.update({ changes, selection, scrollIntoView: true, userEvent: 'input.indent' }));
  return true;
}

/** Shift-Tab: out by a step, where there is one. */
export const outdent: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const changes = linesOf(state).flatMap((line) => {
    const read = readLine(line.text);
    const by = outdentBy(line.text, read);
    return by > 0 ? [{ from: line.from + read.quote, to: line.from + read.quote + by }] : [];
  });
  if (changes.length > 0) dispatch(state.update({ changes, userEvent: 'delete.dedent' }));
  return true;
};

/** Home: to where the words begin, and from there to the line's beginning. */
export const home: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const content = line.from + readLine(line.text).content;
  if (state.selection.ranges.length > 1 || content === line.from || main.head <= content) return false;
  dispatch(
    state.update({ selection: EditorSelection.cursor(content), scrollIntoView: true, userEvent: 'select' }),
  );
  return true;
};

function linesOf(state: EditorState) {
  const lines = new Map<number, { from: number; to: number; text: string; number: number }>();
  for (const { from, to, empty } of state.selection.ranges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      if (empty || line.from < to) lines.set(line.from, line);
      at = line.to + 1;
    }
  }
  return [...lines.values()];
}

/** A list item, or a line under one or under an item: there an indent means something, and makes no code. */
function mayIndent(state: EditorState, line: { text: string; number: number }): boolean {
  const read = readLine(line.text);
  if (read.bullet) return true;
  if (line.number === 1) return false;
  const above = state.doc.line(line.number - 1).text;
  const over = readLine(above);
  return (
    above.trim() !== '' &&
    (over.bullet !== null || over.kind !== null || over.indent > over.quote) &&
    read.indent - read.quote < 8
  );
}

/** As far as the words of the item above begin, at the least a step. */
function widthAbove(state: EditorState, line: { text: string; number: number }): number {
  if (line.number === 1) return step;
  const above = readLine(state.doc.line(line.number - 1).text);
  const own = readLine(line.text);
  if (!above.bullet || above.indent !== own.indent) return step;
  return above.bullet.to - above.bullet.from + 1;
}

function outdentBy(text: string, read: ReturnType<typeof readLine>): number {
  const blanks = text.slice(read.quote, read.indent);
  if (blanks.startsWith('\t')) return 1;
  return Math.min(/^ */.exec(blanks)?.[0].length ?? 0, step);
}

function after(state: EditorState, changes: { from: number; insert: string }[]): EditorSelection {
  return state.selection.map(state.changes(changes), 1);
}
