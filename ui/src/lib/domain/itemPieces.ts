/** A piece of a sentence: plain words, a person, a topic, or words one may skip. */
export interface Piece {
  text: string;
  tone: 'plain' | 'person' | 'topic';
}

/** What links one item to another by its anchor; it is told beside the sentence. */
const LINK = /\s*\b(?:supersedes|answers|after) \^[\da-z]{6}\b/giu;
const MARKED = /\*\*(\S(?:[^*]*\S)?)\*\*|`([^`]+)`|\[([^\]]+)\]\([^)\s]+\)/gu;
const NAMED = /(?<![\p{L}\p{N}_/])([@#])[\p{L}\p{N}][\p{L}\p{N}_/.-]*(?<![.-])/gu;

/** A sentence of a note without its Markdown, cut where it names people and topics. */
export function pieces(text: string): Piece[] {
  const plain = text
    .replace(LINK, '')
    .replace(MARKED, (_, bold?: string, code?: string, link?: string) => bold ?? code ?? link ?? '')
    .trim();
  const cut: Piece[] = [];
  let from = 0;
  for (const found of plain.matchAll(NAMED)) {
    if (found.index > from) cut.push({ text: plain.slice(from, found.index), tone: 'plain' });
    cut.push({ text: found[0], tone: found[1] === '@' ? 'person' : 'topic' });
    from = found.index + found[0].length;
  }
  if (from < plain.length || cut.length === 0) cut.push({ text: plain.slice(from), tone: 'plain' });
  return cut;
}

/** A sentence without the people and topics that close it: what stands beside it tells them. */
export function withoutTail(text: string): string {
  const cut = text.replace(LINK, '').replace(/(?:\s+[@#][\p{L}\p{N}][\p{L}\p{N}_/.-]*)+\s*$/u, '');
  return cut.trim() || text;
}

/** The sentence as it is read out. */
export const plainSentence = (text: string): string =>
  pieces(text)
    .map((piece) => piece.text)
    .join('');
