import type { Contradictions, Decision } from '../types';
import { inLens } from './lens';
import type { World } from './world';

const plain = /[a-z]{4,}/g;
const refusal = /\b(no|not|never|none|without|stop|stops|only)\b/;

/** Pairs of live decisions on one topic that speak of the same and differ in a figure or a refusal. */
export function contradictions(world: World): Contradictions['pairs'] {
  const live = [...world.state.decisions.values()].filter(
    (one) => one.status === 'holds' && inLens(world, one.meeting_id),
  );
  const pairs: Contradictions['pairs'] = [];
  live.forEach((a, at) => {
    for (const b of live.slice(at + 1)) {
      const topic = a.topics.find((one) => b.topics.includes(one));
      if (!topic || a.meeting_id === b.meeting_id) continue;
      if (world.state.compatible.has([a.id, b.id].sort().join(' '))) continue;
      const shared = [...words(a)].filter((word) => words(b).has(word));
      const why = shared.length >= 2 ? difference(a, b) : null;
      if (why) pairs.push({ topic, a, b, why: `Both speak of ${shared.slice(0, 3).join(', ')}; ${why}.` });
    }
  });
  return pairs.sort((x, y) => (y.b.meeting_date ?? '').localeCompare(x.b.meeting_date ?? '')).slice(0, 12);
}

function words(one: Decision): Set<string> {
  return new Set(
    one.text
      .toLowerCase()
      .replace(/[#@]\S+/g, '')
      .match(plain) ?? [],
  );
}

function difference(a: Decision, b: Decision): string | null {
  const numbers = (one: Decision) => (one.text.match(/\d+/g) ?? []).join(' ');
  if (numbers(a) && numbers(b) && numbers(a) !== numbers(b)) return 'the figures differ';
  if (refusal.test(a.text.toLowerCase()) !== refusal.test(b.text.toLowerCase())) return 'one of them refuses';
  return null;
}
