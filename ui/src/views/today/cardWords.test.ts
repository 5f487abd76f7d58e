import { at, entryAt } from '$lib/domain/sampleMeetings';
import type { Attendee, DayMeeting } from '$lib/backend/types';
import { describe, expect, it } from 'vitest';
import { cardAbout, cardState } from './cardWords';
import { layDay } from './dayColumn';

const DAY = '2026-11-19';
const look = { today: DAY, me: 'me' };
const person = (name: string): Attendee => ({
  person_id: name,
  name,
  handle: name,
  email: null,
  role: 'required',
  response: null,
  present: 'unknown',
});
/** What the card says at `clock`, at its right and under its title. */
function said(entry: DayMeeting, clock: string, before: DayMeeting[] = []): [string, string] {
  const card = layDay([...before, entry], DAY, at(clock), DAY).rows.find(
    (row) => row.kind === 'card' && row.entry.meeting.id === entry.meeting.id,
  );
  if (card?.kind !== 'card') throw new Error('no card');
  return [cardState(card, at(clock), look).text, cardAbout(card, look)];
}

describe('a card', () => {
  const zoom = { call_url: 'https://zoom.us/j/1' };
  it('tells how near a meeting is, then how much of it is left, then what was written', () => {
    const entry = entryAt('priya', '11:30', '12:00', zoom, { cadence: 'every 2 weeks', agenda: true });
    expect(said(entry, '09:00')).toEqual(['', '30 min · Zoom · every 2 weeks']);
    expect(said(entry, '11:18')).toEqual(['in 12 min', '30 min · Zoom · every 2 weeks']);
    expect(said(entry, '11:43')[0]).toBe('17 min left');
    expect(said(entry, '12:01')).toEqual(['', 'no notes']);
    expect(said({ ...entry, notes_sent: true }, '12:01')[1]).toBe('notes sent');
  });

  it('says why a meeting does not count', () => {
    expect(said(entryAt('a', '13:00', '14:00', {}, { my_response: 'declined' }), '09:00')[0]).toBe(
      'declined',
    );
    expect(said(entryAt('a', '13:00', '14:00', { status: 'cancelled' }), '09:00')[0]).toBe('cancelled');
    expect(said(entryAt('a', '13:00', '14:00', { kind: 'focus' }), '15:00')).toEqual(['focus time', '']);
    expect(said(entryAt('a', '13:00', '14:00', { kind: 'out_of_office' }), '09:00')[0]).toBe('out of office');
  });

  it('says what is to be done about it: an answer, an agenda, a decision to revisit', () => {
    expect(said(entryAt('a', '13:00', '14:00'), '09:00')[0]).toBe('no agenda yet');
    expect(said(entryAt('a', '13:00', '14:00', {}, { my_response: 'needs_action' }), '09:00')[0]).toBe(
      'not answered',
    );
    expect(said(entryAt('a', '13:00', '14:00', {}, { my_response: 'tentative' }), '09:00')[0]).toBe('maybe');
    const counts = { open: 0, late: 0, decisions: 0, questions: 0, revisit: 1 };
    expect(said(entryAt('a', '13:00', '14:00', {}, { counts }), '09:00')[0]).toBe('revisit due');
  });

  it('tells who is there where the title does not, and what it overlaps', () => {
    const attendees = ['me', 'Dana Brooks', 'Ravi Menon'].map(person);
    expect(said(entryAt('Board', '13:00', '14:00', { attendees }), '09:00')[1]).toBe('1 h · Dana and Ravi');
    expect(said(entryAt('Dana / Ravi', '13:00', '14:00', { attendees }), '09:00')[1]).toBe('1 h');
    const four = [...attendees, person('Ana Lee'), person('Ben Orr')];
    expect(said(entryAt('Board', '13:00', '14:00', { attendees: four }), '09:00')[1]).toBe('1 h · 5 people');
    const acme = entryAt('Acme', '12:30', '13:30');
    expect(said(entryAt('Press', '13:00', '14:00'), '09:00', [acme])[1]).toBe('1 h · overlaps Acme');
  });
});
