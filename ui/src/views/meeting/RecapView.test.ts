import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import RecapView from './RecapView.svelte';

test('Of two hundred who were invited twelve are named, and the others on request', async () => {
  const names = Array.from({ length: 200 }, (_, at) => `Somebody ${at}`);
  render(RecapView, { markdown: `# All hands\n\n**Invited:** ${names.join(', ')}\n\n## Decisions\n\n- Go` });
  const text = () => screen.getByRole('article').textContent ?? '';
  expect(text()).toContain('Somebody 11');
  expect(text()).not.toContain('Somebody 12');
  await userEvent.setup().click(screen.getByRole('button', { name: 'and 188 more' }));
  expect(text()).toContain('Somebody 199');
});
