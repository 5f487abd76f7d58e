import { Text } from '@codemirror/state';
import { expect, it } from 'vitest';
import { writingPlace } from './writing-place';

it.each([
  ['|', 'an empty note'],
  ['We talked.|', 'what is written'],
  ['# Acme\n\nWe talked.\n|', 'what is written under a heading'],
  ['## Goals\n|\n## Notes\n', 'a template'],
  ['## Goals\n\nGrow.\n\n## Notes\n|\n## Next steps\n', 'a template begun'],
  ['## Goals\n- |\n\n## Next steps\n- [ ] ', 'a template with bullets'],
  ['- one\n- [ ] |\n- two', 'a list with a gap'],
  ['## Notes\n|', 'a template’s last heading'],
  ['# Acme\n## Agenda\nwhat is new|', 'a heading under a heading'],
])('goes on at the bar in %j: %s', (marked) => {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  expect(writingPlace(Text.of(text.split('\n')))).toBe(at);
});
