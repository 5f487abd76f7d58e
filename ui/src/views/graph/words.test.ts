import { expect, test } from 'vitest';
import { paletteOf } from './dress';
import { drawWords, type Worded } from './painter';

/** Writes nothing; tells where each word would stand. Every letter is as wide as any. */
function board() {
  const written = new Map<string, { x: number; y: number }>();
  const context = {
    measureText: (text: string) => ({ width: 6 * text.length }),
    strokeText: () => undefined,
    fillText: (text: string, x: number, y: number) => written.set(text, { x, y }),
  };
  return { context: context as unknown as CanvasRenderingContext2D, written };
}

const sign = (label: string, x: number, y: number, more: Partial<Worded> = {}): Worded => ({
  x,
  y,
  size: 8,
  label,
  sub: '',
  labelColor: '#000000',
  ringed: false,
  forceLabel: false,
  zIndex: 1,
  ...more,
});

const host = { left: 0, right: 200, top: 0, bottom: 200 };

function drawn(nodes: Worded[], unit = 1) {
  const { context, written } = board();
  drawWords(context, nodes, { ...paletteOf(document.body), unit }, host);
  return written;
}

test('words stand under their sign', () => {
  expect(drawn([sign('Priya', 100, 100)]).get('Priya')).toEqual({ x: 100, y: 118 });
});

test('where another sign is, they stand over their own, or beside it', () => {
  const below = sign('Below', 100, 120, { zIndex: 0 });
  expect(drawn([sign('Priya', 100, 100), below]).get('Priya')).toEqual({ x: 100, y: 82 });
  const above = sign('Above', 100, 80, { zIndex: 0 });
  expect(drawn([sign('Priya', 100, 100), below, above]).get('Priya')).toEqual({ x: 128, y: 100 });
});

test('at the edge of what is seen they stand on the inner side', () => {
  const beneath = sign('Beneath', 190, 120, { zIndex: 0 });
  expect(drawn([sign('Priya', 190, 100), beneath]).get('Priya')).toEqual({ x: 162, y: 100 });
});

test('the less important have none where no place is left', () => {
  const others = [-1, 0, 1].flatMap((down) =>
    [-1, 0, 1].map((across) => sign(`${across} ${down}`, 100 + across * 24, 100 + down * 18, { zIndex: 2 })),
  );
  const written = drawn([...others, sign('Lost', 100, 100, { zIndex: 0 })]);
  expect(written.has('Lost')).toBe(false);
});

test('the chosen one always has its words', () => {
  const wall = Array.from({ length: 9 }, (_, at) => sign('w', 60 + at * 10, 100, { size: 40, zIndex: 2 }));
  expect(drawn([...wall, sign('Chosen', 100, 100, { ringed: true })]).has('Chosen')).toBe(true);
});

test('at 200 % they stand twice as far off', () => {
  expect(drawn([sign('Priya', 100, 100, { size: 16 })], 2).get('Priya')).toEqual({ x: 100, y: 136 });
});
