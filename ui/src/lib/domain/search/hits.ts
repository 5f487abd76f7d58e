import { backend } from '$lib/backend';
import type { Hit } from '$lib/backend/types';
import type { SignKind } from '$lib/shared';

/** Where a hit is shown. An action or a question is shown at its sentence, whose line is asked for. */
export async function routeOf(hit: Hit): Promise<string> {
  if (hit.kind === 'person') return `/people/${hit.id}`;
  if (hit.kind === 'organization') return `/organizations/${hit.id}`;
  if (hit.kind === 'decision') return `/decisions/${hit.id}`;
  if (hit.kind === 'topic') return `/decisions?topic=${encodeURIComponent(hit.title.replace(/^#/, ''))}`;
  const part = hit.note_part ? `?part=${hit.note_part}` : '';
  const meeting = hit.meeting_id ?? hit.id;
  if (hit.kind !== 'action' && hit.kind !== 'question') return `/meeting/${meeting}${part}`;
  const { item } = await backend().trace(hit.id);
  return item.meeting_id
    ? `/meeting/${item.meeting_id}?part=${item.note_part}&line=${item.line}`
    : '/actions';
}

/** The sign of a hit; null for people and organizations, which have their initials. */
export function signOf(kind: string): SignKind | null {
  if (kind === 'action' || kind === 'decision' || kind === 'question') return kind;
  return kind === 'meeting' || kind === 'note' ? 'meeting' : null;
}

/** A snippet in pieces, the found words marked. */
export function pieces(snippet: string): { text: string; found: boolean }[] {
  return snippet
    .split(/(\u0001[^\u0002]*\u0002)/)
    .filter(Boolean)
    .map((text) =>
      text.startsWith('\u0001')
        ? { text: text.slice(1, -1), found: true }
        : { text: text.replace(/[\u0001\u0002]/g, ''), found: false },
    );
}

/** The snippet adds something to the title. */
export function tellsMore(hit: Hit): boolean {
  const plain = hit.snippet.replace(/[\u0001\u0002…]/g, '').trim();
  return plain !== '' && !hit.title.startsWith(plain.slice(0, 60));
}
