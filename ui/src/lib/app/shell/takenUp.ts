import { complain, say, session } from '$lib/app';
import type { TakenUp } from '$lib/backend/types';
import { list } from '$lib/format';

/** Says, once, what was typed and not saved when the program ended. */
export function tellTakenUp(): void {
  const { boot } = session;
  if (!boot || boot.taken_up.length === 0) return;
  session.boot = { ...boot, taken_up: [] };
  const of = (found: TakenUp[]) =>
    list([...new Set(found.map(({ title }) => (session.discreet ? 'a note' : `“${title}”`)))]);
  const saved = boot.taken_up.filter((one) => one.is_saved);
  const waiting = boot.taken_up.filter((one) => !one.is_saved);
  if (saved.length > 0)
    say(`Throughline ended before all was saved. What was typed at ${of(saved)} is there now.`);
  if (waiting.length > 0) {
    complain({
      code: 'not_saved',
      message: `What was typed at ${of(waiting)} before Throughline ended is not saved: the note has changed since.`,
      hint: 'Open it to see both and choose.',
    });
  }
}
