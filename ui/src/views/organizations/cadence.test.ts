import { expect, test } from 'vitest';
import { rhythm } from './cadence';

test('how often one meets is told from the usual gap, not from the odd one', () => {
  expect(rhythm(['2026-01-01', '2026-01-15', '2026-01-29', '2026-03-30', '2026-04-13'])).toBe(
    'every 2 weeks',
  );
  expect(rhythm(['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-20'])).toBe('every week');
  expect(rhythm(['2026-01-01', '2026-02-01', '2026-03-01'])).toBe('every month');
  expect(rhythm(['2026-01-01', '2026-01-11', '2026-01-21'])).toBe('every week');
});

test('two meetings are no rhythm, nor are two of one day', () => {
  expect(rhythm(['2026-01-01', '2026-01-15'])).toBeNull();
  expect(rhythm(['2026-01-01', '2026-01-01', '2026-01-15'])).toBeNull();
});
