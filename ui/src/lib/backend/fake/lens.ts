import type { World } from './world';

/** Whether a meeting is to be seen: all are without a lens, and with one those which the organization attends. */
export function inLens(world: World, meeting: string | null): boolean {
  if (world.lens === null) return true;
  const found = world.state.meetings.get(meeting ?? '');
  return found !== undefined && attendedBy(world, found, world.lens);
}

/** Whether somebody of an organization is at a meeting. */
export function attendedBy(
  world: World,
  meeting: { attendees: { person_id: string }[] },
  organization: string,
): boolean {
  return meeting.attendees.some(
    ({ person_id }) => world.state.people.get(person_id)?.organization_id === organization,
  );
}

/** Whether a person is to be seen: the user, who is of the organization, and who is met together with it. */
export function personInLens(world: World, person: string): boolean {
  if (world.lens === null) return true;
  const found = world.state.people.get(person);
  if (found?.is_me || found?.organization_id === world.lens) return true;
  return [...world.state.meetings.values()].some(
    (meeting) => meeting.attendees.some(({ person_id }) => person_id === person) && inLens(world, meeting.id),
  );
}
