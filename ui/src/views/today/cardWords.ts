import type { Meeting } from '$lib/backend/types';
import type { Card } from './dayColumn';
import { company, KINDS, length, others, place } from '$lib/domain/meetingWords';
import { dotted, shortNames, type Look } from '$lib/domain/look';
import { dayOf, firstName, lasting, minutesBetween, until } from '$lib/format';

/** What a card says at its right: that it is on, when it comes, or why it does not count. */
export function cardState(
  card: Card,
  now: Date,
  look: Look,
): { text: string; tone: 'near' | 'quiet' | 'revisit' } {
  const { meeting, my_response, counts, agenda } = card.entry;
  const quiet = (text: string) => ({ text, tone: 'quiet' as const });
  if (card.out) return quiet(card.out);
  if (meeting.kind !== 'meeting') return quiet(KINDS[meeting.kind]);
  if (card.over) return quiet('');
  if (card.on) return { text: `${lasting(minutesBetween(now, meeting.end))} left`, tone: 'near' };
  const minutes = minutesBetween(now, meeting.start);
  if (dayOf(meeting.start) === look.today && minutes <= 60)
    return { text: until(meeting.start, now, look.today), tone: 'near' };
  if (counts && counts.revisit > 0) return { text: 'revisit due', tone: 'revisit' };
  if (my_response === 'needs_action') return quiet('not answered');
  if (my_response === 'tentative' || meeting.status === 'tentative') return quiet('maybe');
  const bare = counts !== null && counts.open + counts.questions === 0;
  return quiet(!agenda && !meeting.has_notes && bare ? 'no agenda yet' : '');
}

/** Who else is there, in first names; nobody where the title names them all. */
function room(meeting: Meeting, look: Look): string {
  const rest = others(meeting, look);
  if (rest.length > 3) return company(meeting, look);
  const title = meeting.title.toLowerCase();
  if (rest.every((one) => title.includes(firstName(one.name).toLowerCase()))) return '';
  return shortNames(rest, look);
}

/** The line under a card's title. */
export function cardAbout(card: Card, look: Look): string {
  return dotted(cardPieces(card, look));
}

/** What the line under a card's title is made of, what matters most first. */
export function cardPieces(card: Card, look: Look): string[] {
  const { meeting, cadence, notes_sent } = card.entry;
  const pieces = [
    !card.over && length(meeting),
    card.clash && `overlaps ${card.clash}`,
    !card.over && place(meeting).split(',')[0],
    room(meeting, look),
    !card.over && cadence,
    card.over &&
      meeting.kind === 'meeting' &&
      (notes_sent ? 'notes sent' : meeting.has_notes ? 'notes' : 'no notes'),
  ];
  return pieces.filter((piece) => typeof piece === 'string' && piece !== '') as string[];
}
