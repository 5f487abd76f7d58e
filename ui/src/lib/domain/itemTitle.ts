import { sentence } from '$lib/format';
import { plainSentence, withoutTail } from './itemPieces';

/** The title of a thing as it is shown: an item without its owner in front and the topics and anchor behind. */
export function titleOf({ kind, title }: { kind: string; title: string }): string {
  if (kind !== 'action' && kind !== 'decision' && kind !== 'question') return title;
  const bare = withoutTail(
    title.replace(/\s+\^[a-z0-9]{6}$/, '').replace(/\s+(?:due:|📅\s*)\d{4}-\d\d-\d\d/u, ''),
  ).replace(/^(?:@[\w.-]+[,:]?\s+(?:and\s+)?)+/, '');
  return sentence(plainSentence(bare));
}
