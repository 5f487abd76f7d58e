import type { Brief, Change } from '$lib/backend/types';
import { firstName, nearDay, shortDay, sinceWords } from '$lib/format';
import type { SignKind } from '$lib/shared';
import type { When } from './itemWords';
import { shortNames, type Look } from './look';
import { others } from './meetingWords';

/** The first name of the one other person in the room; null where there are more or none. */
export function theOther(brief: Brief, look: Look): string | null {
  const [one, second] = others(brief.meeting, look);
  return one && !second ? firstName(one.name) : null;
}

/** How a brief's parts are called: "You owe Priya" in a 1:1, "You owe them" elsewhere. */
export function headings(brief: Brief, look: Look): { mine: string; theirs: string; hint: string } {
  const one = theOther(brief, look);
  return one
    ? { mine: `You owe ${one}`, theirs: `${one} owes you`, hint: 'between you' }
    : { mine: 'You owe them', theirs: 'They owe you', hint: 'in this room' };
}

/** `Last met 5 Nov, 41 times since 2024`; nothing where there is nobody to meet. */
export function metWords({ met, meeting }: Pick<Brief, 'met' | 'meeting'>, look: Look): string {
  if (!met || met.count === 0) return others(meeting, look).length > 0 ? 'The first time you meet' : '';
  const last = met.last ? `Last met ${nearDay(met.last, look.today)}` : '';
  const times = met.count === 1 ? 'once' : `${met.count} times`;
  const since = met.since && met.count > 1 ? ` ${sinceWords(met.since, look.today)}` : '';
  return last ? `${last}, ${times}${since}` : `Met ${times}${since}`;
}

/** The sign of a change, and what became of it. */
export function changeOf(change: Change, look: Look): { sign: SignKind; when: When; past: boolean } {
  const signs: Record<string, SignKind> = {
    done: 'done',
    dropped: 'dropped',
    superseded: 'superseded',
    answered: 'answered',
  };
  const kinds: Record<string, SignKind> = { action: 'action', decision: 'decision', question: 'question' };
  const sign = signs[change.what] ?? kinds[change.kind] ?? 'meeting';
  const day = change.date ? ` ${nearDay(change.date, look.today)}` : '';
  let text = `${change.what.replaceAll('_', ' ')}${day}`;
  if (change.what === 're_dated') {
    // A weekday's name would be taken for one that is still to come.
    const told = change.due && (change.due < look.today ? shortDay : nearDay)(change.due, look.today);
    text = told ? `moved to ${told}` : 'no date any more';
  }
  if (change.what === 'handed_over') {
    const [from, to] = [shortNames(change.from, look), shortNames(change.to, look)];
    text = `${from && to ? `from ${from} to ${to}` : to ? `given to ${to}` : `taken from ${from}`}${day}`;
  }
  return { sign, when: { text, late: false }, past: change.what in signs };
}

/** Nothing is known from before. */
export function isBare(brief: Brief): boolean {
  const { mine, theirs, questions, decisions, revisit, changes, new_people, excerpt } = brief;
  return (
    !excerpt &&
    [mine, theirs, questions, decisions, revisit, changes, new_people].every((list) => !list.length)
  );
}
