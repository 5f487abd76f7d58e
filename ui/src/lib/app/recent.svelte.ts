import { backend } from '$lib/backend';
import type { Hit } from '$lib/backend/types';
import { dayOf } from '$lib/format';
import { router, type View } from './router.svelte';
import { clock } from './session.svelte';

const kinds: Partial<Record<View, string>> = {
  meeting: 'meeting',
  decisions: 'decision',
  people: 'person',
  organizations: 'organization',
};
let visited: { kind: string; id: string }[] = [];

/** Remembers what is opened, while the window is open. Call it as the window is made. */
export function rememberVisits(): void {
  $effect(() => {
    const kind = kinds[router.view];
    const id = router.params.id;
    if (kind && id) visited = [{ kind, id }, ...visited.filter((one) => one.id !== id)].slice(0, 12);
  });
}

/** What was looked at last; null where nothing was. */
export function lastVisit(): { kind: string; id: string } | null {
  return visited[0] ?? null;
}

/** What was opened last, the latest first, without what is open now; what is gone is left out. */
export async function recent(): Promise<Hit[]> {
  const others = visited.filter((one) => one.id !== router.params.id).slice(0, 6);
  const found = await Promise.allSettled(others.map(lookUp));
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** The meetings of today that are not over, for a palette that knows nothing recent. */
export async function upcoming(): Promise<Hit[]> {
  const { meetings } = await backend().day(null);
  return meetings
    .filter(
      ({ meeting, my_response }) =>
        !meeting.all_day && my_response !== 'declined' && Date.parse(meeting.end) > clock.now.getTime(),
    )
    .slice(0, 4)
    .map(({ meeting: { id, title, start } }) => ({
      kind: 'meeting',
      id,
      title,
      snippet: '',
      meeting_id: id,
      note_part: null,
      date: dayOf(start),
      score: 0,
    }));
}

/** Forgets: another vault was opened. */
export function forgetVisits(): void {
  visited = [];
}

async function lookUp({ kind, id }: { kind: string; id: string }): Promise<Hit> {
  const hit = { kind, id, snippet: '', note_part: null, score: 0 };
  if (kind === 'meeting') {
    const meeting = await backend().meeting(id);
    return { ...hit, title: meeting.title, meeting_id: id, date: meeting.start.slice(0, 10) };
  }
  if (kind === 'decision') {
    const decision = await backend().decision(id);
    return { ...hit, title: decision.text, meeting_id: decision.meeting_id, date: decision.meeting_date };
  }
  const { name } = kind === 'person' ? await backend().person(id) : await backend().organization(id);
  return { ...hit, title: name, meeting_id: null, date: null };
}
