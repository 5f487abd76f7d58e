import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import { useBackend } from '../src/lib/backend';
import { openFake } from '../src/lib/backend/fake';

beforeEach(async () => {
  useBackend(await openFake('demo'));
});

test('The window shows the vault and its views', async () => {
  render(App);
  expect(await screen.findByText('Demo vault')).toBeVisible();
  expect(screen.getByRole('link', { name: /Today/ })).toHaveAttribute('aria-current', 'page');
});
