import type { Attendee } from '$lib/backend/types';

export { mailto, MAILTO_MOST } from '$lib/domain/mail';

/** A line of a recap as it is shown. Bold words stand alone: what the recap writes is no richer than this. */
export type Block =
  | { is: 'title' | 'heading' | 'person' | 'line' | 'why'; text: string; label?: string }
  | { is: 'item'; text: string; box: 'open' | 'done' | null; under: string };

const plain = (text: string): string => text.replace(/\\([\\`*_{}[\]()#+\-.!>~|<&@])/g, '$1').trim();

/** Reads a recap's Markdown into what is drawn. Unknown lines stay as they are. */
export function readRecap(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const raw of markdown.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    const item = /^[-*] (?:\[([ xX-])\] )?(.*)$/.exec(line);
    const label = /^\*\*([^*]+:)\*\*\s*(.*)$/.exec(line);
    const person = /^\*\*([^*]+)\*\*$/.exec(line);
    const heading = /^#{1,6} (.*)$/.exec(line);
    if (heading)
      blocks.push({ is: blocks.length === 0 ? 'title' : 'heading', text: plain(heading[1] ?? '') });
    else if (item)
      blocks.push({
        is: 'item',
        text: plain(item[2] ?? ''),
        box: !item[1] ? null : item[1] === ' ' ? 'open' : 'done',
        under: blocks.findLast(({ is }) => is === 'heading')?.text ?? '',
      });
    else if (label) blocks.push({ is: 'line', label: label[1], text: plain(label[2] ?? '') });
    else if (person) blocks.push({ is: 'person', text: plain(person[1] ?? '') });
    else blocks.push({ is: /^\s/.test(raw) ? 'why' : 'line', text: plain(line) });
  }
  return blocks;
}

/** The addresses a recap goes to: everyone's but the user's own, each once. */
export function recipients(attendees: Attendee[], me: string | null): string[] {
  const others = attendees.filter((one) => one.person_id !== me && one.email);
  return [...new Set(others.map((one) => one.email ?? ''))];
}
