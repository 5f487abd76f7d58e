import { describe, expect, test } from 'vitest';
import { placeWords } from '$views/decisions/chainWords';
import type { Decision } from '../types';
import { byMonth, byTopic, candidates, places, revisitDue } from './decision-groups';

function decision(id: string, more: Partial<Decision> = {}): Decision {
  return {
    id,
    anchor: `${id}00000`.slice(0, 6),
    text: `Decision ${id}`,
    topics: [],
    meeting_id: 'm',
    meeting_title: 'Staff',
    meeting_date: '2026-11-05',
    note_part: 'notes',
    line: 1,
    rationale: null,
    alternatives: null,
    status: 'holds',
    decided_by: [],
    present: [],
    revisit: null,
    supersedes: null,
    superseded_by: null,
    ...more,
  };
}

const ids = (decisions: Decision[]) => decisions.map(({ id }) => id);

describe('by topic', () => {
  test('a decision of two topics stands once, under the topic asked for', () => {
    const both = decision('a', { topics: ['ops', 'acme/data'] });
    expect(byTopic([both], null).map(({ title }) => title)).toEqual(['#ops']);
    expect(byTopic([both], 'acme').map(({ title }) => title)).toEqual(['#acme/data']);
  });

  test('topics go by name, those without one last, the newest first within', () => {
    const groups = byTopic(
      [
        decision('none'),
        decision('old', { topics: ['b'], meeting_date: '2026-01-01' }),
        decision('new', { topics: ['b'], meeting_date: '2026-02-01' }),
        decision('first', { topics: ['a'] }),
      ],
      null,
    );
    expect(groups.map(({ title, items }) => [title, ids(items)])).toEqual([
      ['#a', ['first']],
      ['#b', ['new', 'old']],
      ['No topic', ['none']],
    ]);
  });
});

test('the log goes by month, and names the year only where it is another', () => {
  const log = [
    decision('a', { meeting_date: '2025-11-30' }),
    decision('b', { meeting_date: '2026-11-01' }),
    decision('c', { meeting_date: null }),
  ];
  expect(byMonth(log, '2026-11-19').map(({ title }) => title)).toEqual([
    'November',
    'November 2025',
    'No date',
  ]);
});

test('a decision is to be revisited from its day on, while it holds', () => {
  expect(revisitDue(decision('a', { revisit: '2026-11-19' }), '2026-11-19')).toBe(true);
  expect(revisitDue(decision('a', { revisit: '2026-11-20' }), '2026-11-19')).toBe(false);
  expect(revisitDue(decision('a', { revisit: '2026-11-01', status: 'superseded' }), '2026-11-19')).toBe(
    false,
  );
});

describe('chains', () => {
  const chain = [
    decision('1', { superseded_by: '2', status: 'superseded' }),
    decision('2', { supersedes: '1', superseded_by: '3', status: 'superseded' }),
    decision('3', { supersedes: '2' }),
  ];

  test('each has its place, counted from the oldest', () => {
    expect([...places([...chain].reverse())].sort()).toEqual([
      ['2', 2],
      ['3', 3],
    ]);
    expect(placeWords(3)).toBe('third in its chain');
    expect(placeWords(12)).toBe('number 12 in its chain');
    expect(placeWords(1)).toBe('');
  });

  test('a chain that runs in a circle ends all the same', () => {
    const circle = [
      decision('1', { supersedes: '2', superseded_by: '2' }),
      decision('2', { supersedes: '1', superseded_by: '1' }),
    ];
    expect(places(circle).size).toBe(2);
    expect(candidates(circle[0] as Decision, circle, 'newer')).toEqual([]);
  });

  test('nothing of its own chain can take its place, nor what holds no more', () => {
    const other = decision('4');
    const gone = decision('5', { status: 'superseded', superseded_by: 'x' });
    expect(ids(candidates(chain[2] as Decision, [...chain, other, gone], 'newer'))).toEqual(['4']);
    expect(ids(candidates(chain[0] as Decision, [...chain, other], 'older'))).toEqual(['4']);
  });

  test('what shares topics, then the meeting, then lies on the right side in time comes first', () => {
    const here = decision('h', { topics: ['acme'], meeting_date: '2026-06-01' });
    const log = [
      decision('later', { meeting_title: 'Other', meeting_date: '2026-07-01' }),
      decision('earlier', { meeting_title: 'Other', meeting_date: '2026-05-01' }),
      decision('meeting', { meeting_date: '2026-05-01' }),
      decision('topic', { meeting_title: 'Other', topics: ['acme'], meeting_date: '2026-05-01' }),
    ];
    expect(ids(candidates(here, log, 'newer'))).toEqual(['topic', 'meeting', 'later', 'earlier']);
    expect(ids(candidates(here, log, 'older'))).toEqual(['topic', 'meeting', 'earlier', 'later']);
  });
});
