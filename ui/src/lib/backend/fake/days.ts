import { addDays, daysBetween, firstName } from '$lib/format';
import type { Backend } from '../backend';
import type {
  Action,
  Brief,
  Counts,
  Day,
  DayMeeting,
  Decision,
  Meeting,
  NewPerson,
  Question,
  Scope,
} from '../types';
import { byDue, fresh } from './items';
import { inLens } from './lens';
import { itemsOf } from './reconcile';
import { attends, need, type StoredMeeting, type World } from './world';

type Days = Pick<Backend, 'day' | 'dayAhead' | 'brief' | 'thread' | 'calendar'>;

/** A meeting without what only its own view shows. */
export function plain(meeting: StoredMeeting): Meeting {
  const { description: _description, sent: _sent, ...rest } = meeting;
  return rest;
}

export function sorted(world: World): StoredMeeting[] {
  return [...world.state.meetings.values()].sort((a, b) => a.start.localeCompare(b.start));
}

/** How often a series meets, in words; null outside one. */
export function cadence(world: World, meeting: Meeting): string | null {
  if (!meeting.series_id) return null;
  const days = sorted(world)
    .filter((one) => one.series_id === meeting.series_id)
    .map((one) => one.start.slice(0, 10));
  const gaps = days
    .slice(1)
    .map((day, at) => daysBetween(days[at] ?? day, day))
    .sort((a, b) => a - b);
  const gap = gaps[Math.floor(gaps.length / 2)] ?? 0;
  if (gap === 0) return null;
  if (gap <= 3) return gap === 1 ? 'every weekday' : `every ${gap} days`;
  if (gap > 80) return 'every quarter';
  if (gap > 25) return 'every month';
  return gap < 10 ? 'every week' : `every ${Math.round(gap / 7)} weeks`;
}

/** So many of the user's actions stand beside a day, late ones and others each. */
const beside = 24;

/** Days, briefs, threads and the calendar. */
export function days(world: World): Days {
  const me = () => world.me?.id ?? '';
  const response = (meeting: Meeting) =>
    meeting.attendees.find((one) => one.person_id === me())?.response ?? null;
  const over = (meeting: Meeting) =>
    meeting.all_day ? meeting.end <= world.today : Date.parse(meeting.end) <= Date.parse(world.now);

  function counts(meeting: StoredMeeting): Counts {
    const items = over(meeting) ? itemsOf(world, meeting.id) : briefItems(meeting);
    const actions = items.filter((item) => item.kind === 'action' && item.status === 'open') as Action[];
    return {
      open: actions.length,
      late: actions.filter((one) => fresh(world, one).overdue).length,
      decisions: items.filter((item) => item.kind === 'decision' && item.status === 'holds').length,
      questions: items.filter((item) => item.kind === 'question' && item.status === 'open').length,
      revisit: items.filter(
        (item) => item.kind === 'decision' && item.revisit && item.revisit <= meeting.start.slice(0, 10),
      ).length,
    };
  }

  function briefItems(meeting: StoredMeeting) {
    const one = brief(meeting);
    return [
      ...[...one.mine, ...one.theirs].map((item) => ({ kind: 'action' as const, ...item })),
      ...one.decisions.filter((item) => item.revisit).map((item) => ({ kind: 'decision' as const, ...item })),
      ...one.questions.map((item) => ({ kind: 'question' as const, ...item })),
    ];
  }

  function kin(meeting: Meeting, scope: Scope): StoredMeeting[] {
    const others = meeting.attendees.map((one) => one.person_id).filter((id) => id !== me());
    const wanted = Math.max(1, Math.ceil(others.length * 0.6));
    return sorted(world)
      .filter((one) => one.id !== meeting.id && one.start < meeting.start && one.status !== 'cancelled')
      .filter((one) => {
        if (scope === 'series') return meeting.series_id !== null && one.series_id === meeting.series_id;
        return (
          others.length > 0 &&
          one.kind === 'meeting' &&
          others.filter((id) => attends(one, id)).length >= wanted
        );
      })
      .reverse();
  }

  function brief(meeting: StoredMeeting): Brief {
    const day = meeting.start.slice(0, 10);
    const small = meeting.attendees.length <= 4;
    const others = new Set(meeting.attendees.map((one) => one.person_id).filter((id) => id !== me()));
    const series = kin(meeting, 'series');
    const related = new Set(
      [...series, ...kin(meeting, 'people').slice(0, small ? 20 : 8)].map((one) => one.id),
    );
    const near = (item: { meeting_id: string | null; note_part: string }) =>
      item.note_part !== 'private' && related.has(item.meeting_id ?? '');
    const open = [...world.state.actions.values()]
      .filter((one) => one.status === 'open')
      .map((one) => fresh(world, one));
    const mine = open.filter((one) => near(one) && one.owners.some((owner) => owner.person_id === me()));
    const theirs = open.filter((one) => near(one) && one.owners.some((owner) => others.has(owner.person_id)));
    const holds = [...world.state.decisions.values()].filter((one) => one.status === 'holds' && near(one));
    holds.sort((a, b) => (b.meeting_date ?? '').localeCompare(a.meeting_date ?? ''));
    const last = series[0] ?? kin(meeting, 'people')[0];
    const since = last?.start.slice(0, 10) ?? '9999';
    const changed = [...world.state.decisions.values()].filter(
      (one) => near(one) && (one.meeting_date ?? '') > since,
    );
    const done = [...world.state.actions.values()].filter(
      (one) => near(one) && one.status === 'done' && (one.done_at ?? '').slice(0, 10) > since,
    );
    const noted = series.find((one) => world.note(one.id, 'notes').text !== '');
    const met = series.length > 0 ? series : kin(meeting, 'people');
    const byNews = (one: Decision | Action, what: string, kind: string, date: Day | null) => ({
      what,
      kind,
      id: one.id,
      text: one.text,
      date,
      due: 'due' in one ? one.due : null,
      from: [],
      to: [],
    });
    const brief: Omit<Brief, 'totals'> = {
      meeting: plain(meeting),
      last_meetings: [
        ...series.slice(0, 5),
        ...kin(meeting, 'people')
          .filter((one) => !series.includes(one))
          .slice(0, 5),
      ].map(plain),
      mine: mine.sort(byDue).slice(0, 12),
      theirs: theirs.sort(byDue).slice(0, 12),
      questions: [...world.state.questions.values()]
        .filter((one): one is Question => one.status === 'open' && near(one))
        .slice(-6)
        .reverse(),
      decisions: holds.slice(0, 6),
      revisit: holds.filter((one) => one.revisit !== null && one.revisit <= day),
      changes: [
        ...changed.map((one) => byNews(one, 'decided', 'decision', one.meeting_date)),
        ...done.map((one) => byNews(one, 'done', 'action', one.done_at?.slice(0, 10) ?? null)),
      ].slice(0, 6),
      new_people: newPeople(meeting),
      met:
        met.length > 0
          ? {
              count: met.length,
              last: met[0]?.start.slice(0, 10) ?? null,
              since: met.at(-1)?.start.slice(0, 10) ?? null,
            }
          : null,
      excerpt: noted
        ? {
            meeting_id: noted.id,
            date: noted.start.slice(0, 10),
            text: excerpt(world.note(noted.id, 'notes').text),
          }
        : null,
    };
    return {
      ...brief,
      totals: {
        mine: mine.length,
        theirs: theirs.length,
        questions: brief.questions.length,
        decisions: holds.length,
        revisit: brief.revisit.length,
        changes: brief.changes.length,
        new_people: brief.new_people.length,
      },
    };
  }

  function newPeople(meeting: StoredMeeting): NewPerson[] {
    const met = new Set(
      sorted(world)
        .filter((one) => one.start < meeting.start && attends(one, me()))
        .flatMap((one) => one.attendees.map((someone) => someone.person_id)),
    );
    return meeting.attendees
      .filter((one) => one.person_id !== me() && !met.has(one.person_id))
      .flatMap((one) => {
        const person = world.state.people.get(one.person_id);
        if (!person) return [];
        const { note: _note, noteRevision: _revision, into: _into, ...rest } = person;
        const beside = sorted(world).filter((other) => attends(other, person.id));
        const through = beside[0]?.attendees.find(
          (someone) => someone.person_id !== person.id && met.has(someone.person_id),
        );
        return [
          {
            ...rest,
            through: through ? `with ${firstName(through.name)} in ${beside.length} meetings` : null,
          },
        ];
      });
  }

  function dayMeeting(meeting: StoredMeeting): DayMeeting {
    return {
      meeting: plain(meeting),
      counts: over(meeting) ? counts(meeting) : null,
      cadence: cadence(world, meeting),
      agenda: world.note(meeting.id, 'prep').text.trim() !== '',
      my_response: response(meeting),
      notes_sent: meeting.sent.length > 0,
      color: null,
    };
  }

  const within = (meeting: Meeting, from: Day, to: Day) =>
    meeting.start.slice(0, 10) <= to &&
    (meeting.all_day ? addDays(meeting.end, -1) : meeting.end.slice(0, 10)) >= from;

  return {
    async day(date) {
      const day = date ?? world.today;
      const mine = [...world.state.actions.values()]
        .map((one) => fresh(world, one))
        .filter(
          (one) =>
            one.status === 'open' &&
            inLens(world, one.meeting_id) &&
            (one.snoozed_until ?? '') <= day &&
            one.owners.some((owner) => owner.person_id === me()),
        )
        .sort(byDue);
      return {
        date: day,
        meetings: sorted(world)
          .filter((one) => within(one, day, day) && inLens(world, one.id))
          .map(dayMeeting),
        actions: mine.filter((one) => !one.overdue).slice(0, beside),
        actions_total: mine.filter((one) => !one.overdue).length,
        overdue: mine.filter((one) => one.overdue).slice(0, beside),
        overdue_total: mine.filter((one) => one.overdue).length,
      };
    },
    async dayAhead(date) {
      const day = date ?? world.today;
      return sorted(world)
        .filter((one) => within(one, day, day) && inLens(world, one.id) && !over(one))
        .map((one) => ({ meeting_id: one.id, counts: counts(one) }));
    },
    async brief(id) {
      return brief(need(world.state.meetings, id, 'meeting'));
    },
    async thread(id, scope, limit) {
      const meeting = need(world.state.meetings, id, 'meeting');
      const shown =
        scope === 'occurrence'
          ? [meeting]
          : kin(meeting, scope).filter((one) => itemsOf(world, one.id).length > 0);
      return {
        scope,
        meetings: shown.slice(0, limit).map((one) => ({
          id: one.id,
          title: one.title,
          start: one.start,
          items: itemsOf(world, one.id).filter(
            (item) => item.note_part !== 'private' || scope === 'occurrence',
          ),
        })),
        more: shown.length > limit,
      };
    },
    async calendar(from, to) {
      return sorted(world)
        .filter((one) => within(one, from, to) && inLens(world, one.id))
        .map((one) => ({
          id: one.id,
          title: one.title,
          kind: one.kind,
          start: one.start,
          end: one.end,
          all_day: one.all_day,
          status: one.status,
          my_response: response(one),
          has_notes: one.has_notes,
          open_items: itemsOf(world, one.id).filter((item) => item.status === 'open').length,
          color: null,
          source: one.source,
        }));
    },
  };
}

/** The first prose of a note, without its marks. */
function excerpt(text: string): string {
  const prose = text
    .split('\n')
    .filter((line) => /^\p{L}/u.test(line) && !/^\w[\w ]*:/.test(line) && !/^(!!|=>|\?\?)/.test(line));
  return (prose[0] ?? '').replace(/\s\^[a-z0-9]{6}\s*$/, '').slice(0, 280);
}
