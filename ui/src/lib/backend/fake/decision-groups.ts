import { newestFirst } from '$lib/domain/newestFirst';
import type { Day, Decision } from '../types';

export interface Topic {
  key: string;
  title: string;
  items: Decision[];
}

/**
 * The decisions by topic, each once: under the first of its topics that lies within the topic asked for, else under its first.
 * Topics by name, those without one last; within a topic the newest first.
 */
export function byTopic(decisions: Decision[], asked: string | null): Topic[] {
  const groups = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const topic =
      decision.topics.find((topic) => asked !== null && within(topic, asked)) ?? decision.topics[0] ?? '';
    const there = groups.get(topic);
    if (there) there.push(decision);
    else groups.set(topic, [decision]);
  }
  return [...groups]
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b))
    .map(([topic, items]) => ({
      key: topic || 'none',
      title: topic ? `#${topic}` : 'No topic',
      items: items.sort(newestFirst),
    }));
}

/** The log by month: "November", and "November 2025" for another year than this. */
export function byMonth(decisions: Decision[], today: Day): Topic[] {
  const groups = new Map<string, Decision[]>();
  for (const decision of [...decisions].sort(newestFirst)) {
    const month = decision.meeting_date?.slice(0, 7) ?? '';
    const there = groups.get(month);
    if (there) there.push(decision);
    else groups.set(month, [decision]);
  }
  return [...groups].map(([month, items]) => ({
    key: month || 'none',
    title: monthName(month, today),
    items,
  }));
}

/** `client/acme` lies within `client`, and within itself. */
export function within(topic: string, parent: string): boolean {
  return topic === parent || topic.startsWith(`${parent}/`);
}

/** Due to be looked at again: it holds, and its day has come. */
export function revisitDue(decision: Decision, today: Day): boolean {
  return decision.status === 'holds' && decision.revisit !== null && decision.revisit <= today;
}

/** The place of each decision in its supersede chain, 1 for the oldest; only those with a predecessor are in it. */
export function places(log: Decision[]): Map<string, number> {
  const known = new Map(log.map((decision) => [decision.id, decision]));
  const found = new Map<string, number>();
  const place = (id: string, seen: Set<string>): number => {
    const older = known.get(id)?.supersedes;
    if (!older || seen.has(id)) return 1;
    const done = found.get(id);
    if (done !== undefined) return done;
    const here = place(older, seen.add(id)) + 1;
    found.set(id, here);
    return here;
  };
  for (const decision of log) if (decision.supersedes) place(decision.id, new Set());
  return found;
}

/** What can be put in the place of `decision`, or be replaced by it: what holds outside its own chain, the likeliest first. */
export function candidates(decision: Decision, log: Decision[], way: 'newer' | 'older'): Decision[] {
  const chain = chainOf(decision.id, log);
  const topics = new Set(decision.topics);
  const score = (other: Decision) =>
    other.topics.filter((topic) => topics.has(topic)).length * 4 +
    (other.meeting_title !== null && other.meeting_title === decision.meeting_title ? 2 : 0) +
    (laterThan(other, decision) === (way === 'newer') ? 1 : 0);
  return log
    .filter((other) => !chain.has(other.id) && other.status === 'holds')
    .map((other) => ({ other, score: score(other) }))
    .sort((a, b) => b.score - a.score || newestFirst(a.other, b.other))
    .map(({ other }) => other);
}

function chainOf(id: string, log: Decision[]): Set<string> {
  const known = new Map(log.map((decision) => [decision.id, decision]));
  const chain = new Set<string>();
  const follow = (from: string | null | undefined, next: (decision: Decision) => string | null) => {
    for (
      let at = from;
      at && !(chain.has(at) && at !== id);
      at = known.get(at) ? next(known.get(at) as Decision) : null
    )
      chain.add(at);
  };
  follow(id, (decision) => decision.supersedes);
  follow(known.get(id)?.superseded_by, (decision) => decision.superseded_by);
  return chain;
}

function laterThan(a: Decision, b: Decision): boolean {
  return (a.meeting_date ?? '') >= (b.meeting_date ?? '');
}

function monthName(month: string, today: Day): string {
  if (month === '') return 'No date';
  const [year, number] = month.split('-').map(Number) as [number, number];
  const name = new Date(Date.UTC(year, number - 1, 1)).toLocaleDateString('en-GB', {
    month: 'long',
    timeZone: 'UTC',
  });
  return month.slice(0, 4) === today.slice(0, 4) ? name : `${name} ${year}`;
}
