import { stripAnchors } from './anchors';

/** What stands from `from` to `to` gives way to `insert`. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** A line of a difference, as it is shown. */
export interface DifferentLine {
  kind: 'same' | 'gone' | 'come';
  text: string;
}

/** Past so many differing lines the search ends, and the whole stretch is one change. */
const mostDiffering = 1_500;

/**
 * Small edits that make `after` of `before`, in order: line by line, within a line only what differs. Lines that differ by their
 * anchor alone are the same line. Both texts end their lines with LF.
 */
export function editsBetween(before: string, after: string): Edit[] {
  if (before === after) return [];
  const old = linesOf(before);
  const fresh = linesOf(after);
  const edits: Edit[] = [];
  let at = 0;
  const change = (gone: string[], come: string[]) => {
    if (gone.length === come.length) {
      for (const [nth, line] of gone.entries()) {
        trim(at, line, come[nth] ?? '', edits);
        at += line.length;
      }
      return;
    }
    const text = gone.join('');
    trim(at, text, come.join(''), edits);
    at += text.length;
  };
  for (const { from, to, start, end } of hunks(old, fresh))
    change(old.slice(from, to), fresh.slice(start, end));
  return edits;
}

/** The difference as lines, for eyes: at the most `context` same lines around what differs. */
export function differenceLines(before: string, after: string, context = 2): DifferentLine[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const lines: DifferentLine[] = [];
  const put = (kind: DifferentLine['kind'], texts: string[]) => {
    for (const text of texts) lines.push({ kind, text: stripAnchors(text.replace(/\n$/, '')) });
  };
  for (const { from, to, start, end, same } of hunks(old, fresh)) {
    if (same) put('same', old.slice(from, to));
    else {
      put('gone', old.slice(from, to));
      put('come', fresh.slice(start, end));
    }
  }
  const near = (at: number) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same');
  return lines.filter((_, at) => near(at));
}

/** Where the lines of `after` stand that are not those of `before`. */
export function differingLines(before: string, after: string): { from: number; to: number }[] {
  const fresh = linesOf(after);
  const length = (to: number) => fresh.slice(0, to).join('').length;
  return hunks(linesOf(before), fresh)
    .filter(({ same, start, end }) => !same && end > start)
    .map(({ start, end }) => ({ from: length(start), to: length(end) }));
}

function linesOf(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

interface Hunk {
  from: number;
  to: number;
  start: number;
  end: number;
  /** Alike on both sides, but perhaps for the anchors. */
  same: boolean;
}

/** Both sides cut into stretches that are alike and stretches that are not. */
function hunks(old: string[], fresh: string[]): Hunk[] {
  const a = old.map(bare);
  const b = fresh.map(bare);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const found: Hunk[] = [];
  const put = (from: number, to: number, start: number, end: number, same: boolean) => {
    if (to > from || end > start) found.push({ from, to, start, end, same });
  };
  put(0, head, 0, head, true);
  let [i, j] = [head, head];
  for (const [x, y] of matches(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) {
    put(i, head + x, j, head + y, false);
    put(head + x, head + x + 1, head + y, head + y + 1, true);
    [i, j] = [head + x + 1, head + y + 1];
  }
  put(i, a.length - tail, j, b.length - tail, false);
  put(a.length - tail, a.length, b.length - tail, b.length, true);
  return found;
}

/** A line without anchor and ending: the last one may have none. */
function bare(line: string): string {
  return stripAnchors(line.endsWith('\n') ? line.slice(0, -1) : line);
}

/** The pairs of a longest common subsequence (Myers); none where the two differ too much. */
function matches(a: string[], b: string[]): [number, number][] {
  const most = Math.min(a.length + b.length, mostDiffering);
  const trail: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= most; d += 1) {
    trail.push(furthest);
    const next = new Map(furthest);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trail, a.length, b.length);
    }
    furthest = next;
  }
  return [];
}

function walkBack(trail: Map<number, number>[], endX: number, endY: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [endX, endY];
  for (let d = trail.length - 1; d >= 0 && (x > 0 || y > 0); d -= 1) {
    const furthest = trail[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const previous = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (furthest.get(previous) ?? 0);
    const fromY = d === 0 ? 0 : fromX - previous;
    const startX = d === 0 ? 0 : down ? fromX : fromX + 1;
    while (x > startX && y > 0) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

/** One stretch, without what both have at its ends. An anchor goes in before trailing blanks. */
function trim(at: number, gone: string, come: string, out: Edit[]): void {
  if (gone === come) return;
  const most = Math.min(gone.length, come.length);
  const alike = (side: (text: string, nth: number) => number, limit: number) => {
    let length = 0;
    while (length < limit && side(gone, length) === side(come, length)) length += 1;
    return length;
  };
  const first = (text: string, nth: number) => text.charCodeAt(nth);
  const last = (text: string, nth: number) => text.charCodeAt(text.length - 1 - nth);
  const backwards = bare(gone) === bare(come);
  let head = backwards ? 0 : alike(first, most);
  let tail = alike(last, most - head);
  if (backwards) head = alike(first, most - tail);
  if (head > 0 && isHigh(gone.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLow(gone.charCodeAt(gone.length - tail))) tail -= 1;
  out.push({ from: at + head, to: at + gone.length - tail, insert: come.slice(head, come.length - tail) });
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The one change of whole lines that makes `after` of `before`: no anchor is taken apart by it. */
export function linesBetween(before: string, after: string): Edit {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  from = before.lastIndexOf('\n', from - 1) + 1;
  let [to, end] = [before.length, after.length];
  while (to > from && end > from && before[to - 1] === after[end - 1]) [to, end] = [to - 1, end - 1];
  const lineEnd = before.indexOf('\n', to);
  const kept = lineEnd < 0 ? 0 : before.length - lineEnd;
  return { from, to: before.length - kept, insert: after.slice(from, after.length - kept) };
}
