import { expect, test, vi } from 'vitest';
import { hasCard, isFast } from './graphics-card';

/** A context in which each drawing of the whole takes so many milliseconds. */
function card(each: number, ready = 0) {
  let [at, waiting] = [0, ready];
  const gl = new Proxy(
    {
      drawArrays: () => (waiting += each),
      readPixels: () => {
        at += waiting;
        waiting = 0;
      },
    } as Record<string, unknown>,
    { get: (known, name: string) => known[name] ?? (/^[A-Z]/.test(name) ? 1 : vi.fn(() => ({}))) },
  );
  return isFast(gl as unknown as WebGL2RenderingContext, () => at);
}

test('a card draws fast, also when making ready takes a while', () => {
  expect(card(0.1)).toBe(true);
  expect(card(0.1, 300)).toBe(true);
});

test('what imitates a card is told by its time', () => {
  expect(card(3)).toBe(false);
  expect(card(0.1, 2_000)).toBe(false);
});

test('where there is no WebGL there is no card', () => {
  expect(hasCard()).toBe(false);
});
