import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('src/lib/design/tokens.css', 'utf8');

function tokens(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf('\n}', from));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1], found[2] ?? '']),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const text: Record<string, string[]> = {
  ink: [
    'paper',
    'surface',
    'sunken',
    'accent-soft',
    'tone-0',
    'tone-1',
    'tone-2',
    'tone-3',
    'tone-4',
    'tone-5',
  ],
  'ink-2': ['paper', 'surface', 'sunken', 'accent-soft'],
  'ink-3': ['paper', 'surface', 'sunken'],
  accent: ['paper', 'surface', 'sunken', 'accent-soft'],
  action: ['paper', 'surface', 'sunken'],
  question: ['paper', 'surface', 'sunken'],
  late: ['paper', 'surface', 'sunken'],
  done: ['paper', 'surface', 'sunken'],
  'accent-ink': ['accent'],
};

describe.each([
  ['light', tokens(':root')],
  ['dark', { ...tokens(':root'), ...tokens(":root[data-theme='dark']") }],
])('In the %s theme', (_name, colors) => {
  const pairs = Object.entries(text).flatMap(([fore, backs]) => backs.map((back) => [fore, back] as const));

  test.each(pairs)('%s can be read on %s', (fore, back) => {
    expect(contrast(colors[fore] ?? '', colors[back] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['paper', 'surface'])('the edge of a field is seen on %s', (back) => {
    expect(contrast(colors['field-line'] ?? '', colors[back] ?? '')).toBeGreaterThanOrEqual(3);
  });
});

test('Contrast is reckoned as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
