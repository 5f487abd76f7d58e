import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>('../src/**/*.{svelte,ts}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What input methods take before a page sees it: Unicode entry, emoji. */
const taken = ['Mod+Shift+U', 'Mod+Shift+E'];

describe('chords', () => {
  it.each(taken)('leave %s to the input method', (chord) => {
    const users = Object.entries(sources).filter(
      ([, text]) => text.includes(`'${chord}'`) || text.includes(`"${chord}"`),
    );
    expect(users.map(([path]) => path)).toEqual([]);
  });

  it('are looked for where they are', () => {
    expect(Object.values(sources).some((text) => text.includes('Mod+Shift+O'))).toBe(true);
  });
});
