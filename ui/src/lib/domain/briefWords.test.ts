import { expect, test } from 'vitest';
import type { Change } from '$lib/backend/types';
import { changeOf } from './briefWords';
import type { Look } from './look';

const look = { me: 'me', today: '2026-11-24' } as Look;
const me = { person_id: 'me', name: 'Max Muster' };
const ana = { person_id: 'ana', name: 'Ana Silva' };
const ben = { person_id: 'ben', name: 'Ben Low' };

test('what was handed over says from whom to whom, and when', () => {
  const told = (from: Change['from'], to: Change['to']) =>
    changeOf(
      {
        what: 'handed_over',
        kind: 'action',
        id: '1',
        text: 'write',
        date: '2026-11-12',
        due: null,
        from,
        to,
      },
      look,
    );
  expect(told([me], [ana]).when.text).toBe('from you to Ana 12 Nov');
  expect(told([me, ana], [ben]).when.text).toBe('from you and Ana to Ben 12 Nov');
  expect(told([], [ana]).when.text).toBe('given to Ana 12 Nov');
  expect(told([ana], []).when.text).toBe('taken from Ana 12 Nov');
  expect(told([me], [ana])).toMatchObject({ sign: 'action', past: false });
});
