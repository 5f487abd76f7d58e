import type { Action, Decision, Question } from '$lib/backend/types';
import { describe, expect, it, test } from 'vitest';
import {
  actionState,
  actionText,
  actionWhen,
  decisionWhen,
  plainAction,
  sentenceOf,
  spoken,
} from './itemWords';

const look = { today: '2026-11-19', me: 'alex' };
const place = {
  anchor: 'k7m2xq',
  topics: [],
  meeting_id: 'm1',
  meeting_title: 'Staff',
  meeting_date: '2026-11-05',
  note_part: 'notes' as const,
  line: 4,
};
const action = (edit: Partial<Action>): Action => ({
  ...place,
  id: 'a1',
  text: 'send the schedule',
  status: 'open',
  owners: [],
  due: null,
  overdue: false,
  slips: 0,
  snoozed_until: null,
  created_at: '2026-11-05T12:00:00+01:00',
  done_at: null,
  blocked_by: [],
  ...edit,
});
const decision = (edit: Partial<Decision>): Decision => ({
  ...place,
  id: 'd1',
  text: 'No deploys on Fridays',
  rationale: null,
  alternatives: null,
  status: 'holds',
  decided_by: [],
  present: [],
  revisit: null,
  supersedes: null,
  superseded_by: null,
  ...edit,
});
const tom = { person_id: 'tom', name: 'Tom Marsh', handle: 'tom', inferred: false };

test('an action says what it waits for', () => {
  const awaited = (...texts: string[]) => texts.map((text, at) => ({ id: `b${at}`, text }));
  expect(actionState(action({ blocked_by: ['b0'], waits_for: awaited() }), look)).toBe('');
  expect(actionState(action({ waits_for: awaited('the offer') }), look)).toBe('waits for “the offer”');
  expect(actionState(action({ waits_for: awaited('the offer', 'the audit', 'the rest') }), look)).toBe(
    'waits for “the offer” and 2 more',
  );
});

describe('an action in words', () => {
  it.each([
    [
      '@tom answer on the headcount due:2026-11-10',
      'Answer on the headcount',
      'Tom: answer on the headcount',
    ],
    ['@tom check what it costs, by 2026-11-10', 'Check what it costs', 'Tom: check what it costs'],
    [
      'Tom to send the schedule by Friday',
      'Tom to send the schedule by Friday',
      'Tom to send the schedule by Friday',
    ],
    ['@tom due:2026-11-10', '@tom due:2026-11-10', '@tom due:2026-11-10'],
  ])('%s', (text, alone, owned) => {
    const of = action({ text, owners: [{ ...tom, inferred: !text.startsWith('@') }], due: '2026-11-10' });
    expect(actionText(of, look, false)).toBe(alone);
    expect(actionText(of, look, true)).toBe(owned);
  });

  it('calls the user "You"', () => {
    const of = action({ text: '@alex call Ana', owners: [{ ...tom, person_id: 'alex', handle: 'alex' }] });
    expect(actionText(of, look, true)).toBe('You: call Ana');
  });

  it('knows a handle of one who was merged into the owner', () => {
    expect(plainAction(action({ text: '@thomas does it', owners: [tom] }))).toEqual({
      text: 'does it',
      owned: true,
    });
  });

  it('says what is to be done without what led from the name to the verb', () => {
    const told = (text: string) => plainAction(action({ text, owners: [tom] })).text;
    expect(told('@tom to name a deputy')).toBe('name a deputy');
    expect(told('to name a deputy is what Tom does')).toBe('to name a deputy is what Tom does');
  });

  it('takes the name of a package for no handle', () => {
    expect(plainAction(action({ text: '@scope/package goes up', owners: [tom] }))).toEqual({
      text: '@scope/package goes up',
      owned: false,
    });
  });

  it('tells when it is late, was done, or is gone', () => {
    expect(actionWhen(action({ due: '2026-11-10', overdue: true }), look)).toEqual({
      text: '9 days late',
      late: true,
    });
    const done = action({ status: 'done', done_at: '2026-11-16T09:00:00+01:00', due: '2026-11-10' });
    expect(actionWhen(done, look)).toEqual({ text: 'done Mon', late: false });
    expect(actionWhen(action({ status: 'dropped' }), look)?.text).toBe('dropped');
    expect(actionWhen(action({}), look)).toBeNull();
  });
});

describe('how items are spoken', () => {
  const question: Question = {
    ...place,
    id: 'q1',
    text: 'Who signs?',
    status: 'answered',
    asked_by: null,
    answered_by: 'd1',
  };
  it.each([
    [
      { kind: 'action' as const, ...action({ due: '2026-11-10', overdue: true }) },
      'action, open, 9 days late',
    ],
    [{ kind: 'action' as const, ...action({}) }, 'action, open'],
    [{ kind: 'decision' as const, ...decision({}) }, 'decision, holds, 5 Nov'],
    [{ kind: 'decision' as const, ...decision({ status: 'superseded' }) }, 'decision, superseded'],
    [{ kind: 'question' as const, ...question }, 'question, answered'],
  ])('%#', (item, expected) => expect(spoken(item, look)).toBe(expected));

  it('says that a decision is to be revisited', () => {
    expect(decisionWhen(decision({ revisit: '2026-11-19' }), look)).toEqual({
      text: 'revisit today',
      late: true,
    });
    expect(decisionWhen(decision({ revisit: '2026-12-19' }), look)).toEqual({ text: '5 Nov', late: false });
  });
});

it('leads to the sentence that made an item', () => {
  expect(sentenceOf(action({}))).toBe('/meeting/m1?part=notes&line=4');
  expect(sentenceOf(action({ meeting_id: null }))).toBeNull();
});
