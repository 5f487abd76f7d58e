import { minutesBetween } from '$lib/format';
import type { Backend } from '../backend';
import type { InsightPlace } from '../types';
import { fresh } from './items';
import { outcomesOf, over } from './query/things';
import { weekOf, weeksBetween } from './review';
import { attends, type StoredMeeting, type World } from './world';

const hoursOf = (meeting: StoredMeeting) => minutesBetween(meeting.start, meeting.end) / 60;
const rounded = (hours: number) => Math.round(hours * 100) / 100;
const total = (meetings: StoredMeeting[]) => rounded(meetings.reduce((sum, one) => sum + hoursOf(one), 0));

/** A series shorter than this is not asked for outcomes. */
const worthAsking = 3;

/** Where the hours went, and what became of promises; each number with the meetings behind it. */
export function insights(world: World): Pick<Backend, 'insights'> {
  return {
    async insights(from, to) {
      const me = world.me?.id ?? '';
      const met = over(world).filter((one) => {
        const day = one.start.slice(0, 10);
        const mine = one.attendees.find((someone) => someone.person_id === me);
        return !one.all_day && day >= from && day <= to && attends(one, me) && mine?.response !== 'declined';
      });
      const outcomes = outcomesOf(world);

      function places(by: (meeting: StoredMeeting) => { id: string; name: string }[]): InsightPlace[] {
        const found = new Map<string, { name: string; meetings: StoredMeeting[] }>();
        for (const meeting of met)
          for (const { id, name } of by(meeting)) {
            const one = found.get(id) ?? { name, meetings: [] };
            one.meetings.push(meeting);
            found.set(id, one);
          }
        return [...found]
          .map(([id, { name, meetings }]) => ({
            id,
            name,
            hours: total(meetings),
            meetings: meetings.length,
            meeting_ids: meetings.map((one) => one.id),
          }))
          .sort((a, b) => b.hours - a.hours || a.name.localeCompare(b.name));
      }

      const series = places((one) => (one.series_id ? [{ id: one.series_id, name: one.title }] : [])).map(
        (one) => ({
          ...one,
          outcomes: one.meeting_ids.reduce((sum, id) => sum + (outcomes.get(id)?.count ?? 0), 0),
        }),
      );
      const promised = [...world.state.actions.values()]
        .map((one) => fresh(world, one))
        .filter(
          (one) =>
            one.due !== null &&
            one.due >= from &&
            one.due <= to &&
            one.owners.some((owner) => owner.person_id === me),
        );
      const done = promised.filter((one) => one.status === 'done');
      const onTime = done.filter((one) => (one.done_at ?? '').slice(0, 10) <= (one.due ?? ''));
      const tardy = done.filter((one) => !onTime.includes(one));
      const late = promised.filter((one) => one.overdue);
      const open = promised.filter((one) => one.status === 'open' && !one.overdue);
      const dropped = promised.filter((one) => one.status === 'dropped');
      return {
        from,
        to,
        hours: total(met),
        weeks: weeksBetween(world, from, to).map((week) => {
          const there = met.filter((one) => weekOf(world, one.start.slice(0, 10)) === week);
          return {
            week,
            hours: total(there),
            meetings: there.length,
            meeting_ids: there.map((one) => one.id),
          };
        }),
        people: places((one) =>
          one.attendees
            .filter((someone) => someone.person_id !== me && someone.response !== 'declined')
            .map(({ person_id, name }) => ({ id: person_id, name })),
        ),
        organizations: places((one) => {
          const ids = one.attendees.flatMap(
            (someone) => world.state.people.get(someone.person_id)?.organization_id ?? [],
          );
          return [...new Set(ids)]
            .filter((id) => id !== world.me?.organization_id)
            .map((id) => ({ id, name: world.state.organizations.get(id)?.name ?? '' }));
        }),
        series,
        no_outcome_series: series.filter((one) => one.outcomes === 0 && one.meetings >= worthAsking),
        no_purpose: met
          .filter((one) => !one.purpose && one.attendees.length > 2)
          .map((one) => ({ id: one.id, title: one.title, date: one.start.slice(0, 10) }))
          .reverse(),
        promises: {
          kept_on_time: onTime.length,
          kept_late: tardy.length,
          open: open.length,
          late: late.length,
          dropped: dropped.length,
          kept_ids: onTime.map((one) => one.id),
          late_ids: [...tardy, ...late].map((one) => one.id),
          open_ids: open.map((one) => one.id),
          dropped_ids: dropped.map((one) => one.id),
        },
        meetings: met
          .map((one) => ({
            id: one.id,
            title: one.title,
            date: one.start.slice(0, 10),
            hours: rounded(hoursOf(one)),
          }))
          .reverse(),
      };
    },
  };
}
