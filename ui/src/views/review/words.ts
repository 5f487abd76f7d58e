import { clip, count, daysBetween, list } from '$lib/format';
import { actionState, actionWhen } from '$lib/domain/itemWords';
import { dotted, nameOf, type Look } from '$lib/domain/look';
import type { ReviewItem, ReviewWhy } from '$lib/backend/types';

export const whys: Record<ReviewWhy, string> = {
  overdue: 'Late',
  unowned: 'Nobody’s',
  undated: 'No date',
  stale: 'Untouched',
};

/** Why it is asked about, in a line: "9 days late · slipped 2×". */
export function because(item: ReviewItem, look: Look): { text: string; late: boolean } {
  const { action, why } = item;
  const state = actionState(action, look);
  const said = action.meeting_date ?? action.created_at.slice(0, 10);
  const old = count(Math.max(0, daysBetween(said, look.today)), 'day');
  const text = {
    overdue: actionWhen(action, look)?.text ?? 'late',
    unowned: `nobody’s, said ${old} ago`,
    undated: `no date, said ${old} ago`,
    stale: `untouched, said ${old} ago`,
  }[why];
  return { text: dotted([text, state]), late: why === 'overdue' };
}

/** Whose move it is: "Yours", "You wait on Priya and Tom", "Nobody’s". */
export function whose(item: ReviewItem, look: Look): string {
  if (item.action.owners.length === 0) return 'Nobody’s';
  if (item.mine) return item.action.owners.length > 1 ? 'Yours and others’' : 'Yours';
  return `You wait on ${list(item.action.owners.map((owner) => nameOf(owner, look)))}`;
}

export interface Around {
  text: string;
  is: 'line' | 'heading' | 'said';
}

const bare = (line: string): string =>
  line
    .replace(/\s\^[a-z0-9]{6}\s*$/, '')
    .replace(/^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(?:\[[ xX-]\]\s+)?(?:(?:!!|=>|\?\?)\s+)?/, '')
    .trim();

/** The lines about a line of a note (1-based): the heading over it, two before and two after, as they are read. */
export function around(text: string, line: number, sentence: string): Around[] {
  const lines = text.split('\n');
  const wanted = bare(sentence);
  const near = bare(lines[line - 1] ?? '');
  const at = near === wanted || wanted === '' ? line - 1 : lines.findIndex((one) => bare(one) === wanted);
  const here = at >= 0 ? at : line - 1;
  const is = (index: number): Around['is'] =>
    index === here ? 'said' : /^#{1,6}\s/.test(lines[index] ?? '') ? 'heading' : 'line';
  const pick = (from: number, step: 1 | -1): number[] => {
    const found: number[] = [];
    for (let index = from; index >= 0 && index < lines.length && found.length < 2; index += step) {
      if (bare(lines[index] ?? '') === '') continue;
      found.push(index);
      if (is(index) === 'heading') break;
    }
    return found;
  };
  const before = pick(here - 1, -1).reverse();
  const after = pick(here + 1, 1).filter((index) => is(index) !== 'heading');
  return [...before, here, ...after].map((index) => ({
    text: clip(bare(lines[index] ?? '').replace(/^#{1,6}\s+/, ''), 220),
    is: is(index),
  }));
}
