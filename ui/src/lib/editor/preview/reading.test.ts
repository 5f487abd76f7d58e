import { EditorView } from '@codemirror/view';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open } from '../testing';
import { longestWait, readAfter } from './reading';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An editor whose text takes so long to read, and when it was read. */
async function reader(takes: number) {
  const read = vi.fn(() => new Promise<[]>((done) => setTimeout(() => done([]), takes)));
  const view = new EditorView({ state: open('a|', { read }) });
  await vi.advanceTimersByTimeAsync(takes + 10);
  expect(read).toHaveBeenCalledOnce();
  const type = () => view.dispatch({ changes: { from: 1, insert: 'b' } });
  return { read, type, view };
}

describe('what the text says', () => {
  it('is asked after a short pause', async () => {
    const { read, type, view } = await reader(5);
    type();
    await vi.advanceTimersByTimeAsync(readAfter - 1);
    expect(read).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(read).toHaveBeenCalledTimes(2);
    view.destroy();
  });

  it('is asked after a longer one where it takes long to read', async () => {
    const { read, type, view } = await reader(200);
    type();
    await vi.advanceTimersByTimeAsync(790);
    expect(read).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(20);
    expect(read).toHaveBeenCalledTimes(2);
    view.destroy();
  });

  it('is asked in the end however long it takes', async () => {
    const { read, type, view } = await reader(5_000);
    type();
    await vi.advanceTimersByTimeAsync(longestWait);
    expect(read).toHaveBeenCalledTimes(2);
    view.destroy();
  });
});
