import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import { go, router } from '../src/lib/app';
import type { Fake } from '../src/lib/backend/fake';
import { faults, meetingAt, sitDown } from './day';

// The editor is much to read in; no test is to wait for that.
beforeAll(() => import('../src/views/meeting/Meeting.svelte'), 60_000);

const ACME = '2026-11-05T13:00';

async function open(start = ACME, query = '', prepare?: (fake: Fake, id: string) => void) {
  let id = '';
  const seat = await sitDown(
    (fake) => `/meeting/${(id = meetingAt(fake, start))}${query}`,
    (fake) => prepare?.(fake, meetingAt(fake, start)),
  );
  await screen.findByRole('textbox', { name: 'Notes' });
  return { ...seat, id };
}
const outcomes = async (): Promise<HTMLElement> => screen.findByRole('region', { name: 'Outcomes' });

describe('A meeting', () => {
  test('shows what it is, who is there, and what came of it', async () => {
    await open();
    expect(screen.getByRole('heading', { name: 'Acme steering committee' })).toBeVisible();
    expect(screen.getByText('5 Nov 13:00–14:00')).toBeVisible();
    expect(screen.getByText('27th', { exact: false })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Your role: You facilitate' })).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Purpose: Choose between the two pricing variants.' }),
    ).toBeVisible();
    expect(within(await outcomes()).getByText('3 actions')).toBeVisible();
  });

  test('goes to the meetings before and after it in its series', async () => {
    const { user, fake } = await open();
    await user.keyboard('[[');
    await waitFor(() => expect(router.params.id).toBe(meetingAt(fake, '2026-10-22T13:00')));
    await screen.findByText('22 Oct 13:00–14:00');
    await user.keyboard(']');
    await waitFor(() => expect(router.params.id).toBe(meetingAt(fake, ACME)));
  });

  test('of one’s own is put at another time', async () => {
    const { user, fake } = await open();
    const made = await fake.meetingNew({
      title: 'Talk',
      start: '2026-11-19T15:00:00+01:00',
      end: '2026-11-19T15:30:00+01:00',
      attendees: [],
    });
    go(`/meeting/${made.id}`);
    await user.click(await screen.findByRole('button', { name: /15:00–15:30/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'When is it?' }));
    const put = async (name: string, text: string) => {
      await user.clear(dialog.getByRole('textbox', { name }));
      await user.type(dialog.getByRole('textbox', { name }), text);
    };
    await put('Day', '20 nov');
    await put('Begins', '23.30');
    await put('Ends', '0:15');
    expect(dialog.getByRole('status')).toHaveTextContent('Friday 20 November, to the day after');
    await put('Ends', 'noon');
    expect(dialog.getByRole('button', { name: 'Change it' })).toBeDisabled();
    await put('Ends', '0:15');
    await user.click(dialog.getByRole('button', { name: 'Change it' }));
    await waitFor(async () => {
      const { start, end } = await fake.meeting(made.id);
      expect([start, end]).toEqual(['2026-11-20T23:30:00+01:00', '2026-11-21T00:15:00+01:00']);
    });
  });

  test('cycles note, brief and outcomes with F6', async () => {
    const { user } = await open();
    const at = (): string | undefined =>
      document.activeElement?.closest<HTMLElement>('[data-zone]')?.dataset.zone;
    const seen: (string | undefined)[] = [];
    for (let n = 0; n < 4; n += 1) {
      await user.keyboard('{F6}');
      await waitFor(() => expect(at()).not.toBe(seen.at(-1)));
      seen.push(at());
    }
    expect(seen).toEqual(['note', 'outcomes', 'brief', 'note']);
    await user.keyboard('{Shift>}{F6}{/Shift}');
    await waitFor(() => expect(at()).toBe('brief'));
  });

  test('lists what came of it, and leads to the sentence', async () => {
    const { user, id } = await open();
    await user.keyboard('u');
    const list = await outcomes();
    const rows = await within(list).findAllByRole('link');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^decision, holds.*Flat fee for six months/),
      expect.stringMatching(/^action, open, tomorrow: Tom: send the revised schedule/),
      expect.stringMatching(/^action, open, 2 days late: You: put the cap/),
      expect.stringMatching(/^action, open: Lena to name the month/),
    ]);
    await waitFor(() => expect(rows[0]).toHaveFocus());
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(router.query.line).toBe('9'));
    expect(router.params.id).toBe(id);
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Notes' })).toHaveFocus());
  });

  test('gathers outcomes as another program writes them', async () => {
    const { fake, id } = await open();
    expect(within(await outcomes()).getByText('1 decision')).toBeVisible();
    const { sitting, note } = await fake.noteOpen(id, 'notes');
    await fake.noteSave(sitting, `${note.text}\n=> Invoices are quarterly\n?? Who pays?\n`, note.revision);
    expect(await within(await outcomes()).findByText('2 decisions')).toBeVisible();
    expect(within(await outcomes()).getByText('1 question')).toBeVisible();
  });

  test('keeps the private part’s items out of what came of it, and says that it is private', async () => {
    const { fake, id, user } = await open(ACME, '', (fake, id) => {
      void fake
        .noteOpen(id, 'private')
        .then(({ sitting }) => fake.noteSave(sitting, '!! Ask for a raise\n', 0));
    });
    expect(within(await outcomes()).getByText('3 actions')).toBeVisible();
    await user.click(screen.getByRole('tab', { name: 'Private' }));
    expect(await screen.findByText(/only you read this/)).toBeVisible();
    expect(await within(await outcomes()).findByText('1 action')).toBeVisible();
    const { text } = await fake.recap(id, 'markdown');
    expect(text).not.toContain('raise');
    await user.keyboard('{Control>}r{/Control}');
    const recap = await screen.findByRole('article', { name: 'The recap' });
    expect(recap).toHaveTextContent('Flat fee');
    expect(recap).not.toHaveTextContent('raise');
  });

  test('a part pressed with the mouse is written in; by key the parts are gone through', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('tab', { name: 'Private' }));
    const text = await screen.findByRole('textbox', { name: 'Private notes' });
    await waitFor(() => expect(text).toHaveFocus());
    await user.click(screen.getByRole('tab', { name: 'Private' }));
    await waitFor(() => expect(text).toHaveFocus());
    screen.getByRole('tab', { name: 'Private' }).focus();
    await user.keyboard('{ArrowLeft}');
    await screen.findByRole('textbox', { name: 'Notes' });
    expect(screen.getByRole('tab', { name: 'Notes' })).toHaveFocus();
  });

  test('sends a recap: copies it, opens it in the mail program, marks it as sent', async () => {
    const copied: [string, string | null][] = [];
    const opened: string[] = [];
    const { user, fake, id } = await open(ACME, '', (fake) => {
      fake.copy = async (text, html) => void copied.push([text, html]);
      fake.openUrl = async (url) => void opened.push(url);
    });
    await user.keyboard('{Control>}{Shift>}r{/Shift}{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Recap' });
    await waitFor(() => expect(within(dialog).getByRole('button', { name: /^Copy/ })).toHaveFocus());
    await user.keyboard('{Enter}');
    await waitFor(() => expect(copied).toHaveLength(1));
    expect(copied[0]?.[0]).toContain('Flat fee for six months');
    expect(copied[0]?.[1]).toContain('<');
    await user.click(within(dialog).getByRole('button', { name: 'Open in mail' }));
    await waitFor(() => expect(opened[0]).toMatch(/^mailto:jo\.ostrom@acme\.example,/));
    expect(opened[0]).not.toContain('alex.novak');
    const to = within(dialog).getByRole('textbox', { name: 'To' });
    await user.clear(to);
    await user.type(to, 'tom.marsh@acme.example');
    await user.click(within(dialog).getByRole('button', { name: 'Mark as sent' }));
    expect(await within(dialog).findByText(/Sent today to tom\.marsh@acme\.example/)).toBeVisible();
    expect((await fake.recap(id, 'markdown')).sent).toHaveLength(1);
  });

  test('a recap asked for before the meeting has come waits for it', async () => {
    let come: (() => void) | undefined;
    const gate = new Promise<void>((done) => (come = done));
    const { user } = await sitDown(
      (fake) => `/meeting/${meetingAt(fake, ACME)}`,
      (fake) => {
        const { meeting } = fake;
        fake.meeting = async (id) => gate.then(() => meeting(id));
      },
    );
    await screen.findByRole('main', { name: 'Meeting' });
    await user.keyboard('{Control>}r{/Control}');
    expect(screen.queryByRole('dialog')).toBeNull();
    come?.();
    const dialog = await screen.findByRole('dialog', { name: 'Recap' });
    expect(await within(dialog).findByRole('article', { name: 'The recap' })).toHaveTextContent('Flat fee');
  });

  test('says who was there, and adds a person to the whole series', async () => {
    const { user, fake, id } = await open();
    await user.keyboard('i');
    const group = await screen.findByRole('group', { name: 'Was Henrik Dahl there?' });
    await user.click(within(group).getByRole('button', { name: 'not' }));
    await waitFor(async () =>
      expect((await fake.meeting(id)).attendees.find((one) => one.handle === 'henrik')?.present).toBe('no'),
    );
    const field = screen.getByRole('combobox', { name: 'Add people' });
    await user.type(field, 'a');
    const offers = (await screen.findAllByRole('option')).map((one) => one.textContent ?? '');
    const there = (await fake.meeting(id)).attendees.map((one) => one.name);
    expect(offers.filter((offer) => there.some((name) => offer.includes(name)))).toEqual([]);
    await user.clear(field);
    await user.type(field, 'new.person@acme.example{Enter}');
    await user.click(screen.getByRole('checkbox', { name: 'In every meeting of this series' }));
    await user.click(screen.getByRole('button', { name: 'Add' }));
    const later = meetingAt(fake, '2026-11-19T13:00');
    await waitFor(async () =>
      expect((await fake.meeting(later)).attendees.map((one) => one.email)).toContain(
        'new.person@acme.example',
      ),
    );
  });

  test('takes a purpose in place, and a role', async () => {
    const { user, fake, id } = await open();
    await user.click(screen.getByRole('button', { name: /^Purpose/ }));
    const field = await screen.findByRole('textbox', { name: 'Purpose' });
    await user.clear(field);
    await user.type(field, 'Settle the cap{Enter}');
    expect(await screen.findByRole('button', { name: 'Purpose: Settle the cap' })).toHaveFocus();
    await user.click(screen.getByRole('button', { name: /^Your role/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'You decide' }));
    await waitFor(async () => expect((await fake.meeting(id)).my_role).toBe('decision_maker'));
  });

  test('shows the thread of the series and of the same people, more on demand', async () => {
    const { user } = await open('2026-11-19T13:00');
    const choice = screen.getByRole('radio', { name: 'This one' });
    choice.focus();
    await user.keyboard('{ArrowRight}');
    const thread = await screen.findByRole('list', { name: 'Earlier meetings' });
    expect(within(thread).getByRole('link', { name: '5 November' })).toBeVisible();
    expect(within(thread).queryByRole('link', { name: '27 August' })).toBeNull();
    expect(screen.getByRole('heading', { name: /^Waiting on Acme/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Earlier ones' }));
    expect(await within(thread).findByRole('link', { name: '27 August' })).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'This one' }));
  });

  test('looks at an earlier version of the note and brings it back', async () => {
    const { user, fake, id } = await open(ACME, '', (fake, id) => {
      void fake.noteOpen(id, 'notes').then(async ({ sitting, note }) => {
        const first = await fake.noteSave(sitting, 'As it was\n', note.revision);
        await fake.noteSave(sitting, 'All gone\n', first.note.revision);
      });
    });
    await user.click(screen.getByRole('button', { name: 'More for this meeting' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Earlier versions of this note' }));
    const dialog = await screen.findByRole('dialog', { name: 'Earlier versions' });
    const versions = within(await within(dialog).findByRole('list', { name: 'Versions' })).getAllByRole(
      'button',
    );
    expect(versions[0]).toHaveTextContent('now');
    await user.click(versions.at(-1) as HTMLElement);
    expect(await within(dialog).findByText('As it was')).toBeVisible();
    const back = within(dialog).getByRole('button', { name: 'Bring it back' });
    await waitFor(() => expect(back).toBeEnabled());
    await user.click(back);
    await waitFor(() => expect(fake.world.note(id, 'notes').text).toBe('As it was\n'));
  });

  test('that is cancelled says so, and one that is not there leads back', async () => {
    const { fake, id } = await open(ACME, '', (fake, id) => {
      const found = fake.world.state.meetings.get(id);
      if (found) fake.world.state.meetings.set(id, { ...found, status: 'cancelled' });
    });
    expect(await screen.findByText(/What you wrote stays here/)).toBeVisible();
    expect(fake.world.state.meetings.get(id)?.status).toBe('cancelled');
    router.go('/meeting/nothing', true);
    expect(await screen.findByText('This meeting is not here')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Back' })).toBeVisible();
  });

  test('hides its brief and its private part in discreet mode', async () => {
    const { user } = await open();
    await screen.findByText('Still unanswered');
    await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}');
    expect(await screen.findByText(/The brief is hidden/)).toBeVisible();
    expect(screen.queryByText('Still unanswered')).toBeNull();
    expect(screen.getByRole('heading', { name: 'Acme steering committee' })).toBeVisible();
    await user.click(screen.getByRole('tab', { name: 'Private' }));
    expect(await screen.findByText(/The private part is hidden/)).toBeVisible();
    expect(screen.queryByRole('textbox', { name: /Private/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More for this meeting' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Earlier versions of this note' }));
    const dialog = await screen.findByRole('dialog', { name: 'Earlier versions' });
    expect(dialog).toHaveTextContent('The private part is hidden');
    expect(within(dialog).queryByRole('list', { name: 'Versions' })).toBeNull();
    expect(within(dialog).getByRole('button', { name: 'Bring it back' })).toBeDisabled();
  });

  test('shows hostile words as words', async () => {
    await open(ACME, '', (fake, id) => {
      const found = fake.world.state.meetings.get(id);
      const title = '<img src=x onerror="alert(1)">';
      if (found) fake.world.state.meetings.set(id, { ...found, title, purpose: '<script>1</script>' });
    });
    expect(await screen.findByRole('heading', { name: '<img src=x onerror="alert(1)">' })).toBeVisible();
    expect(document.querySelector('main header img, main header script')).toBeNull();
  });

  test('has no fault that axe knows of', async () => {
    const { container, user } = await open();
    await user.keyboard('u');
    await within(await outcomes()).findAllByRole('link');
    expect(await faults(container)).toEqual([]);
  });
});
