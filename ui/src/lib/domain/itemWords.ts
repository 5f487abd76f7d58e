import type { Action, Decision, Item, Question } from '$lib/backend/types';
import { dueWords, firstName, list, nearDay, sentence } from '$lib/format';
import { dotted, nameOf, shortNames, type Look } from './look';

/** What stands at the right of an item: when it is due, was done, was asked. */
export interface When {
  text: string;
  late: boolean;
}

const quiet = (text: string): When => ({ text, late: false });

/**
 * An action's sentence without what is told beside it: the handle of its one owner in front, and the day written as
 * a date. `owned` says whether there was such a handle.
 */
export function plainAction(action: Action): { text: string; owned: boolean } {
  const cues = ['due:', '📅 ', '📅', 'due by ', 'due ', 'by '];
  const told = action.due && cues.map((cue) => cue + action.due).find((cue) => action.text.includes(cue));
  const undated = told ? action.text.replace(told, '') : action.text;
  const [owner, second] = action.owners;
  // Whichever of their handles: one merged into another keeps what was written.
  const handle = owner && !second && !owner.inferred ? /^@[^ :,/]+(?=[ :,])/.exec(undated)?.[0] : undefined;
  const owned = handle !== undefined;
  const rest = undated.slice(handle?.length ?? 0);
  const plain = rest.replace(/\s+/g, ' ').replace(/^[:, ]+|[, ]+$/g, '');
  // "@ana to send it": with whose it is goes what led to the verb.
  const text = owned ? plain.replace(/^to (?=.)/, '') : plain;
  return text === '' ? { text: action.text, owned: false } : { text, owned };
}

/** An action's sentence; with `owner`, that one is put before it where the sentence itself names nobody. */
export function actionText(action: Action, look: Look, owner: boolean): string {
  const { text, owned } = plainAction(action);
  const [first] = action.owners;
  if (!owned || !first) return text;
  if (!owner) return sentence(text);
  return `${first.person_id === look.me ? 'You' : firstName(first.name)}: ${text}`;
}

/** Open, and past its day. */
export const isLate = (action: Action, look: Look): boolean =>
  action.status === 'open' && !!action.due && action.due < look.today;

export function actionWhen(action: Action, look: Look): When | null {
  if (action.status === 'done')
    return quiet(action.done_at ? `done ${nearDay(action.done_at, look.today)}` : 'done');
  if (action.status === 'dropped') return quiet('dropped');
  return action.due ? dueWords(action.due, look.today) : null;
}

/** For what an action waits: the first of it by its words. */
function waits({ waits_for: awaited = [] }: Action): string | false {
  const [first, ...more] = awaited;
  if (!first) return false;
  const text = first.text.length > 42 ? `${first.text.slice(0, 40).trimEnd()}…` : first.text;
  return `waits for “${text}”${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

/** What else is to be known of an action: that it slipped, waits, sleeps. */
export function actionState(action: Action, look: Look): string {
  if (action.status !== 'open') return '';
  const snoozed = action.snoozed_until && action.snoozed_until > look.today ? action.snoozed_until : null;
  return dotted([
    action.slips > 0 && `slipped ${action.slips}×`,
    waits(action),
    snoozed && `snoozed until ${nearDay(snoozed, look.today)}`,
  ]);
}

/** A decision's sentence without when it is to be looked at again, which is told beside it. */
export function decisionText(decision: Decision): string {
  if (!decision.revisit) return decision.text;
  const cut = decision.text.replace(/[,;]?\s*\brevisit (?:in \S+ \S+|on \S+|\d{4}-\d{2}-\d{2})/i, '').trim();
  return cut || decision.text;
}

export function decisionWhen(decision: Decision, look: Look): When | null {
  if (decision.status === 'proposed') return quiet('proposed');
  if (decision.status === 'superseded') return quiet('superseded');
  if (decision.revisit && decision.revisit <= look.today) {
    const since =
      decision.revisit === look.today ? 'today' : `since ${nearDay(decision.revisit, look.today)}`;
    return { text: `revisit ${since}`, late: true };
  }
  return decision.meeting_date ? quiet(nearDay(decision.meeting_date, look.today)) : null;
}

export function questionWhen(question: Question, look: Look): When | null {
  if (question.status === 'answered') return quiet('answered');
  return question.meeting_date ? quiet(`asked ${nearDay(question.meeting_date, look.today)}`) : null;
}

/** How an item is, for where its meeting's date stands above it: `holds`, `open`; what is late stays. */
export const undatedWhen = (when: When | null, status: string): When => (when?.late ? when : quiet(status));

/** `Staff, 19 Nov`: where an item was said. */
export function saidIn(item: Item | Action | Decision | Question, look: Look): string {
  const day = item.meeting_date && nearDay(item.meeting_date, look.today);
  if (!item.meeting_title) return day ?? '';
  return day ? `${item.meeting_title}, ${day}` : item.meeting_title;
}

/** Whose an action is: `you`, `Tom and Lena`, `nobody`. */
export function ownersOf(action: Action, look: Look): string {
  return list(action.owners.map((owner) => nameOf(owner, look))) || 'nobody';
}

/** Who decided, in first names; empty where nobody is claimed. */
export function decidedBy(decision: Decision, look: Look): string {
  return shortNames(decision.decided_by, look);
}

/** How an item is spoken: `action, open, 9 days late`. */
export function spoken(item: Item, look: Look): string {
  const when = itemWhen(item, look);
  const word = item.kind === 'decision' && item.status === 'superseded' ? 'superseded' : item.status;
  const told = when && when.text !== word ? when.text : null;
  return [item.kind, word, told].filter(Boolean).join(', ');
}

export function itemWhen(item: Item, look: Look): When | null {
  if (item.kind === 'action') return actionWhen(item, look);
  return item.kind === 'decision' ? decisionWhen(item, look) : questionWhen(item, look);
}

/** The route of the sentence that made an item. */
export function sentenceOf(item: Pick<Action, 'meeting_id' | 'note_part' | 'line'>): string | null {
  return item.meeting_id ? `/meeting/${item.meeting_id}?part=${item.note_part}&line=${item.line}` : null;
}
