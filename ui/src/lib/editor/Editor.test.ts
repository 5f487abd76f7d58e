import { undo } from '@codemirror/commands';
import { EditorView } from '@codemirror/view';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useBackend, type Backend } from '$lib/backend';
import { openFake, type Fake } from '$lib/backend/fake';
import type { Changed } from '$lib/backend/types';
import Editor from './Editor.svelte';
import RunningNote from './RunningNote.svelte';
import type { SaveState } from './saving/saving.svelte';

let world: Backend;
let openNote: Backend['noteOpen'];
let meeting: string;

beforeEach(async () => {
  world = useBackend(await openFake('demo'));
  openNote = world.noteOpen.bind(world);
  meeting = (await world.day(null)).meetings.at(-1)?.meeting.id ?? '';
});

afterEach(() => cleanup());

async function open(props: Record<string, unknown> = {}) {
  const rendered = render(Editor, { meeting, part: 'notes', ...props });
  const text = await screen.findByRole('textbox');
  const view = EditorView.findFromDOM(text);
  if (!view) throw new Error('There is no editor.');
  return { ...rendered, view };
}

function type(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.type' });
}

const stored = async (part: 'notes' | 'prep' = 'notes') =>
  (await world.meeting(meeting)).notes.find((note) => note.part === part)?.text ?? '';

describe('the editor', () => {
  it('is a text field with a name', async () => {
    const { container } = await open({ label: 'Notes of Board preparation' });
    const text = screen.getByRole('textbox', { name: 'Notes of Board preparation' });
    expect(text).toHaveAttribute('spellcheck', 'true');
    expect(text).toHaveAttribute('autocorrect', 'off');
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations).toEqual([]);
  });

  it('saves what is typed when it is left, gives the items, and says how it stands', async () => {
    const onitems = vi.fn();
    const states: SaveState['is'][] = [];
    const { view, unmount } = await open({ onitems, onstate: (state: SaveState) => states.push(state.is) });
    type(view, '!! write it down\n');
    await waitFor(() => expect(states).toContain('typing'));
    unmount();
    await waitFor(async () => expect(await stored()).toMatch(/^!! write it down \^[a-z0-9]{6}\n/));
    await waitFor(() => expect(onitems).toHaveBeenCalled());
    expect(onitems.mock.lastCall?.[0]).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'action' })]),
    );
  });

  it('of one part leaves the other part alone', async () => {
    const { view, rerender } = await open();
    type(view, 'in the notes');
    await rerender({ meeting, part: 'prep' });
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Agenda' })).toBeInTheDocument());
    await waitFor(async () => expect(await stored()).toContain('in the notes'));
    expect(await stored('prep')).not.toContain('in the notes');
  });

  it('finds its undo history when one comes back', async () => {
    const first = await open();
    const before = first.view.state.doc.toString();
    type(first.view, 'typed ');
    first.unmount();
    await waitFor(async () => expect(await stored()).toContain('typed '));
    const { view } = await open();
    const { undo } = await import('@codemirror/commands');
    undo(view);
    expect(view.state.doc.toString()).toBe(before);
  });

  it('has the cursor at the end, and later where it was last', async () => {
    // A world without a screen moves the selection while the editor is at it.
    const focus = vi.spyOn(EditorView.prototype, 'focus').mockImplementation(() => undefined);
    const written = [...(world as Fake).world.state.notes].find(
      ([key, { text }]) => key.endsWith('/notes') && text.length > 40,
    );
    meeting = written?.[0].split('/')[0] ?? '';
    const first = await open();
    (first.component as unknown as { focus(): void }).focus();
    expect(first.view.state.selection.main.head).toBe(first.view.state.doc.length);
    first.view.dispatch({ selection: { anchor: 5 } });
    (first.component as unknown as { focus(): void }).focus();
    expect(first.view.state.selection.main.head).toBe(5);
    first.unmount();
    const again = await open();
    (again.component as unknown as { focus(): void }).focus();
    expect(again.view.state.selection.main.head).toBe(5);
    expect(focus).toHaveBeenCalledTimes(3);
    focus.mockRestore();
  });

  it('gone into by Tab or F6 for the first time, has the cursor where one would write on; by the mouse, where that is', async () => {
    vi.spyOn(world, 'noteOpen').mockImplementation(async (id, part) => ({
      ...(await openNote(id, part)),
      note: { ...(await openNote(id, part)).note, text: '## Goals\n\n## Notes\n' },
    }));
    meeting = (await world.day(null)).meetings[0]?.meeting.id ?? '';
    const { view } = await open();
    view.contentDOM.dispatchEvent(new FocusEvent('focus'));
    expect(view.state.selection.main.head).toBe('## Goals\n'.length);
    cleanup();
    const again = (await open({ part: 'prep' })).view;
    again.contentDOM.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    again.contentDOM.dispatchEvent(new FocusEvent('focus'));
    expect(again.state.selection.main.head).toBe(0);
  });

  it('left by Escape leaves the focus behind the text: Tab goes on, Enter goes back in', async () => {
    const user = userEvent.setup();
    const { view } = await open();
    const after = document.createElement('button');
    document.body.append(after);
    view.contentDOM.focus();
    await user.keyboard('{Escape}');
    const frame = document.activeElement;
    expect(frame).toHaveAccessibleName('Notes: Enter writes on, Tab leads away');
    expect(frame?.hasAttribute('data-rest')).toBe(true);
    await user.tab();
    expect(document.activeElement).toBe(after);
    await user.tab({ shift: true });
    expect(document.activeElement).toBe(view.contentDOM);
    await user.keyboard('{Escape}{Enter}');
    expect(document.activeElement).toBe(view.contentDOM);
    after.remove();
  });

  it('takes over what was changed elsewhere', async () => {
    const listeners: ((changed: Changed) => void)[] = [];
    const heard = vi.spyOn(world, 'onChanged').mockImplementation((listen) => {
      listeners.push(listen);
      return () => undefined;
    });
    const { view } = await open();
    const sitting = await world.noteOpen(meeting, 'notes');
    await world.noteSave(sitting.sitting, `${sitting.note.text}from elsewhere\n`, sitting.note.revision);
    for (const listen of listeners) listen({ seq: 1, touched: [{ kind: 'note', id: meeting }] });
    await waitFor(() => expect(view.state.doc.toString()).toContain('from elsewhere'));
    heard.mockRestore();
  });

  it('that cannot save says why and what to do, and keeps the text', async () => {
    vi.spyOn(world, 'noteSave').mockRejectedValue({
      code: 'disk_full',
      message: 'The disk is full.',
      hint: 'Free some space.',
    });
    // A part of its own: what is left unsaved goes on trying after the test.
    const { view } = await open({ part: 'private' });
    type(view, 'kept');
    view.contentDOM.dispatchEvent(new FocusEvent('blur'));
    const said = await screen.findByRole('alert');
    expect(said).toHaveTextContent('The disk is full. Free some space.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
    expect(view.state.doc.toString()).toContain('kept');
  });

  it('marks lines that another program changed as well, and says so until one has seen it', async () => {
    const write = async (text: string) => {
      const { sitting, note } = await world.noteOpen(meeting, 'notes');
      await world.noteSave(sitting, text, note.revision);
      await world.noteClose(sitting);
    };
    await write('alpha\nbeta\ngamma\n');
    const { view } = await open();
    const marked = () =>
      [...document.querySelectorAll('.note-both')].map((line) => `${line.classList[2]} ${line.textContent}`);
    view.dispatch({ changes: { from: 5, insert: ' mine' }, userEvent: 'input.type' });
    await write('ALPHA\nbeta\ngamma\nnew below\n');
    const said = await screen.findByText(/Another program changed the same lines meanwhile/);
    expect(view.state.doc.toString()).toBe('ALPHA\nalpha mine\nbeta\ngamma\nnew below\n');
    expect(marked()).toEqual(['note-theirs ALPHA', 'note-mine alpha mine']);
    // Typing on, and saving that, takes neither away.
    view.dispatch({ changes: { from: 0, insert: 'First\n' }, userEvent: 'input.type' });
    await waitFor(async () => expect(await stored()).toContain('First'), { timeout: 5_000 });
    expect(said).toBeVisible();
    expect(marked()).toEqual(['note-theirs ALPHA', 'note-mine alpha mine']);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/Another program changed/)).toBeNull();
    expect(marked()).toEqual([]);
    expect(document.activeElement).toBe(view.contentDOM);
  });

  it('offers what was recovered, shows the difference, and keeps it', async () => {
    const opened = await world.noteOpen(meeting, 'notes');
    vi.spyOn(world, 'noteOpen').mockResolvedValue({
      ...opened,
      recovered: `${opened.note.text}\nalmost lost\n`,
    });
    const { view } = await open();
    (await screen.findByRole('button', { name: 'See the difference' })).click();
    expect(await screen.findByRole('region', { name: 'The difference' })).toHaveTextContent('almost lost');
    screen.getByRole('button', { name: 'Keep it' }).click();
    await waitFor(() => expect(view.state.doc.toString()).toContain('almost lost'));
    await waitFor(async () => expect(await stored()).toContain('almost lost'));
    expect(screen.queryByRole('button', { name: 'Keep it' })).toBeNull();
  });

  it('keeps what was recovered word for word, goes on behind it, and undo takes it back', async () => {
    const opened = await world.noteOpen(meeting, 'notes');
    const before = 'First\n!! I will send our numbers ^zuoagw\n';
    const after = 'First\n!! I will send our numbers by Wednesday, in the middle of a sen ^zuoagw\n';
    vi.spyOn(world, 'noteOpen').mockResolvedValue({
      ...opened,
      note: { ...opened.note, text: before },
      recovered: after,
    });
    vi.spyOn(world, 'noteSave').mockRejectedValue({ code: 'vault_busy', message: 'Busy.', hint: null });
    const { view } = await open({ part: 'prep' });
    (await screen.findByRole('button', { name: 'Keep it' })).click();
    await waitFor(() => expect(view.state.doc.toString()).toBe(after));
    expect(view.contentDOM).toHaveFocus();
    view.contentDOM.blur();
    const { head } = view.state.selection.main;
    expect(view.state.sliceDoc(0, head)).toMatch(/a sen$/);
    undo(view);
    expect(view.state.doc.toString()).toBe(before);
  });

  it('that cannot be opened says why, and tries again', async () => {
    const opening = vi
      .spyOn(world, 'noteOpen')
      .mockRejectedValueOnce({ code: 'vault_busy', message: 'Busy.', hint: null });
    render(Editor, { meeting, part: 'notes' });
    (await screen.findByRole('button', { name: 'Try again' })).click();
    expect(await screen.findByRole('textbox')).toBeInTheDocument();
    expect(opening).toHaveBeenCalledTimes(2);
  });

  it('to be read only takes no typing', async () => {
    render(Editor, { meeting, part: 'notes', readonly: true });
    await waitFor(() => expect(document.querySelector('.cm-content')).not.toBeNull());
    expect(document.querySelector('.cm-content')).toHaveAttribute('contenteditable', 'false');
  });
});

it('a person’s running note is saved too', async () => {
  const [person] = await world.people();
  if (!person) throw new Error('There is nobody.');
  const { unmount } = render(RunningNote, { person: person.id, name: person.name });
  const view = EditorView.findFromDOM(
    await screen.findByRole('textbox', { name: `Running note on ${person.name}` }),
  );
  if (!view) throw new Error('There is no editor.');
  type(view, 'likes trains\n');
  unmount();
  await waitFor(async () => expect((await world.person(person.id)).note).toMatch(/^likes trains\n/));
});
