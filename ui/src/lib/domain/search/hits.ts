import { backend } from '$lib/backend';
import type { Hit } from '$lib/backend/types';
import type { SignKind } from '$lib/shared';
import { titleOf } from '../itemTitle';

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

const closed = ['done', 'dropped', 'superseded', 'proposed', 'answered'] as const;

/** The sign of a hit; null for people and organizations, which have their initials, and for topics. */
export function signOf(kind: string, status: string | null = null): SignKind | null {
  if (kind === 'action' || kind === 'decision' || kind === 'question')
    return closed.find((one) => one === status) ?? kind;
  return kind === 'meeting' || kind === 'note' ? 'meeting' : null;
}

// The program puts these around found words; they stand in no text.
const [opens, closes] = ['\u0001', '\u0002'];

/** A snippet in pieces, the found words marked. */
export function pieces(snippet: string): { text: string; found: boolean }[] {
  return snippet
    .split(opens)
    .flatMap((part, at) => {
      const end = at === 0 ? -1 : part.indexOf(closes);
      return end < 0
        ? [{ text: bare(part), found: false }]
        : [
            { text: part.slice(0, end), found: true },
            { text: bare(part.slice(end)), found: false },
          ];
    })
    .filter((piece) => piece.text !== '');
}

/** The snippet adds something to the title. */
export function tellsMore(hit: Hit): boolean {
  const said = bare(hit.snippet).replaceAll('…', '').trim();
  return said !== '' && !bare(hit.title).includes(said.slice(0, 40).trim());
}

const LEAD =
  /^[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:\[[ xX-]\][ \t]+)?(?:#{1,6}[ \t]+)?(?:(?:!!|=>|\?\?)[ \t]+)?/u;
const WRITTEN = /\s*(?:due:|📅[ ]?)\d{4}-\d\d-\d\d|\s+\^[a-z0-9]{6}(?=\s|$)|\*\*|`/gu;

/** A snippet as one reads it: lines side by side, without the signs they are written with. */
export function plainSnippet(snippet: string): string {
  return snippet
    .split('\n')
    .map((line) => line.replace(LEAD, '').replace(WRITTEN, '').trim())
    .filter((line) => bare(line) !== '')
    .join(' · ');
}

/** The title as lists tell it, with the words marked that were found in it. */
export function markedTitle(hit: Hit): string {
  const title = titleOf({ kind: hit.kind, title: bare(hit.title) });
  const words = pieces(hit.snippet).flatMap((piece) =>
    piece.found ? [piece.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')] : [],
  );
  return words.length > 0 ? title.replace(new RegExp(words.join('|'), 'gi'), `${opens}$&${closes}`) : title;
}

function bare(text: string): string {
  return text.replaceAll(opens, '').replaceAll(closes, '');
}
