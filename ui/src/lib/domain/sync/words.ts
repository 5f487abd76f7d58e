import type { AccountStatus, Day } from '$lib/backend/types';
import { ago, count, dayOf, nearDay, timeOf } from '$lib/format';

export interface Standing {
  tone: 'ok' | 'busy' | 'wrong' | 'new';
  /** `In step since 11:17`, `Fetching, 212 events`, `Sign in again`. */
  text: string;
  /** What can be done, where something is wrong. */
  hint: string | null;
}

/** How one account stands, and since when. */
export function standing(account: AccountStatus, now: Date, today: Day): Standing {
  if (account.running) {
    const { phase, count: events } = account.running;
    return { tone: 'busy', text: events > 0 ? `${phase}, ${count(events, 'event')}` : phase, hint: null };
  }
  if (account.state !== 'ok') {
    const since = account.last_sync ? ` In step until ${moment(account.last_sync, today)}.` : '';
    const what =
      account.error ??
      (account.state === 'needs_sign_in' ? 'The sign-in is no longer accepted.' : 'The last sync failed.');
    return { tone: 'wrong', text: `${what}${since}`, hint: account.hint };
  }
  if (!account.last_sync) return { tone: 'new', text: 'Not synced yet', hint: null };
  return { tone: 'ok', text: `In step, ${ago(account.last_sync, now, today)}`, hint: null };
}

function moment(when: string, today: Day): string {
  const day = nearDay(dayOf(when), today);
  return day === 'today' ? timeOf(when) : `${day} ${timeOf(when)}`;
}
