/** An anchor on a line, ` ^k7m2xq`, with the one blank before it. */
export interface Anchor {
  from: number;
  to: number;
  id: string;
}

const blanksAtEnd = /[ \t]*$/;

/**
 * The anchor of a line, where it stands as Rust would write it: at the end, before trailing blanks, in a table inside the last
 * cell. The target of a link (`after ^k7m2xq`) is none. Offsets are those of the line.
 */
export function anchorOf(line: string): Anchor | null {
  if (!line.includes('^')) return null;
  const end = writtenEnd(line);
  const from = end - 7;
  if (from < 0 || !/^\^[a-z0-9]{6}$/.test(line.slice(from, end))) return null;
  const before = line.slice(0, from);
  const trimmed = before.replace(blanksAtEnd, '');
  const free = trimmed === '' || trimmed.length < before.length || before.endsWith('|');
  if (!free || linksTo(trimmed)) return null;
  return { from: /[ \t]$/.test(before) ? from - 1 : from, to: end, id: line.slice(from + 1, end) };
}

/** Where an anchor would be written on a line that has none. */
export function anchorPlace(line: string): number {
  return writtenEnd(line);
}

/** The text as a person would write it. Links keep the anchors they name. */
export function stripAnchors(text: string): string {
  if (!text.includes('^')) return text;
  return text
    .split('\n')
    .map((line) => {
      const anchor = anchorOf(line);
      return anchor ? line.slice(0, anchor.from) + line.slice(anchor.to) : line;
    })
    .join('\n');
}

function writtenEnd(line: string): number {
  const written = line.replace(blanksAtEnd, '').length;
  const bar = /(\\*)\|$/.exec(line.slice(0, written));
  const isRow = bar && (bar[1] ?? '').length % 2 === 0;
  return isRow ? line.slice(0, written - 1).replace(blanksAtEnd, '').length : written;
}

/** Whether an anchor behind `before` is the target of a link: "after", "after ^aaaaaa," or "after ^aaaaaa and". */
function linksTo(before: string): boolean {
  return /(?:^|\P{L})(?:supersedes|after|answers)(?:\s*\^[a-z0-9]{6}\s*(?:,|and|,\s*and))*$/iu.test(before);
}
