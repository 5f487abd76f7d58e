import { sentence } from '$lib/format';
import { plainSentence, withoutTail } from './itemPieces';
import { plainDecision } from './plainDecision';

/** The title of a thing as it is shown: an item as lists tell it, without what is told beside it there. */
export function titleOf({ kind, title }: { kind: string; title: string }): string {
  if (kind !== 'action' && kind !== 'decision' && kind !== 'question') return title;
  const written = title.replace(/\s+\^[a-z0-9]{6}$/, '');
  if (kind === 'decision') return sentence(plainSentence(plainDecision(written)));
  const bare = withoutTail(written.replace(/\s+(?:due:|📅\s*)\d{4}-\d\d-\d\d/u, '')).replace(
    /^(?:@[\w.-]+[,:]?\s+(?:and\s+)?)+/,
    '',
  );
  return sentence(plainSentence(bare));
}
