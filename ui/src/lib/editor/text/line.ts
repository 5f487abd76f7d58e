/** What a line shows at once, before Rust has read it. Offsets are those of the line. */
export interface LineRead {
  /** Where the blanks behind quotation marks begin and end. */
  quote: number;
  indent: number;
  bullet: { from: number; to: number; ordered: boolean } | null;
  box: { from: number; to: number; status: BoxStatus } | null;
  /** `!!`, `=>` or `??` with the blanks behind it. */
  marker: { from: number; to: number } | null;
  kind: 'action' | 'decision' | 'question' | null;
  /** Where what is said begins. */
  content: number;
}

export type BoxStatus = 'open' | 'done' | 'dropped';

const shape =
  /^((?:[ \t]{0,3}>[ \t]?)*)([ \t]*)(?:([-*+]|\d{1,9}[.)])([ \t]+|$))?(?:(\[[ xX-]\])([ \t]+|$))?(?:(!!|=>|\?\?)([ \t]+|$))?/;
const kinds = { '!!': 'action', '=>': 'decision', '??': 'question' } as const;

/** Reads the front of a line: quotation, indent, bullet, box and shorthand. Whether it stands in code is for others to say. */
export function readLine(line: string): LineRead {
  const found = shape.exec(line);
  const [, quoted = '', blanks = '', bullet, afterBullet = '', box, afterBox = '', sign, afterSign = ''] =
    found ?? [];
  let at = quoted.length + blanks.length;
  const read: LineRead = {
    quote: quoted.length,
    indent: at,
    bullet: null,
    box: null,
    marker: null,
    kind: null,
    content: at,
  };
  if (bullet !== undefined) {
    read.bullet = { from: at, to: at + bullet.length, ordered: bullet.length > 1 };
    at += bullet.length + afterBullet.length;
    read.content = at;
  }
  if (box !== undefined && (bullet !== undefined || sign !== undefined)) {
    read.box = {
      from: at,
      to: at + box.length,
      status: box === '[ ]' ? 'open' : box === '[-]' ? 'dropped' : 'done',
    };
    at += box.length + afterBox.length;
    read.content = at;
    if (bullet !== undefined) read.kind = 'action';
  }
  if (sign !== undefined && (box === undefined || read.box)) {
    read.marker = { from: at, to: at + sign.length + afterSign.length };
    read.kind = kinds[sign as keyof typeof kinds];
    read.content = read.marker.to;
  }
  return read;
}

/** How deep a line stands: by columns of indent, two to a step. */
export function depthOf(line: string, read: LineRead): number {
  let columns = 0;
  for (const sign of line.slice(read.quote, read.indent)) columns += sign === '\t' ? 4 - (columns % 4) : 1;
  return Math.min(8, Math.floor(columns / 2));
}
