import type { Attendee } from '$lib/backend/types';
import { describe, expect, it } from 'vitest';
import { mailto, MAILTO_MOST, readRecap, recipients } from './recap';

describe('a recap as it is shown', () => {
  it('has its title, headings, people, boxes and reasons', () => {
    const text = [
      '# Acme \\*steering\\*',
      '',
      '**When:** 5 November  ',
      '',
      '## Decisions',
      '',
      '- Flat fee  ',
      '  Because it is easy.',
      '',
      '## Action items',
      '',
      '**Tom Marsh**',
      '',
      '- [ ] send the schedule',
      '- [x] call Ana',
    ].join('\n');
    expect(readRecap(text)).toEqual([
      { is: 'title', text: 'Acme *steering*' },
      { is: 'line', label: 'When:', text: '5 November' },
      { is: 'heading', text: 'Decisions' },
      { is: 'item', text: 'Flat fee', box: null, under: 'Decisions' },
      { is: 'why', text: 'Because it is easy.' },
      { is: 'heading', text: 'Action items' },
      { is: 'person', text: 'Tom Marsh' },
      { is: 'item', text: 'send the schedule', box: 'open', under: 'Action items' },
      { is: 'item', text: 'call Ana', box: 'done', under: 'Action items' },
    ]);
  });
});

describe('a recap as a mail', () => {
  const email = 'Subject: Recap: Acme & co\n\nAcme\n\n* 100 % yes\n';

  it('goes into the address, safely', () => {
    const { url, whole } = mailto(['a+b@x.example', 'c@y.example'], email);
    expect(whole).toBe(true);
    expect(url).toBe(
      'mailto:a%2Bb@x.example,c@y.example?subject=Recap%3A%20Acme%20%26%20co&body=Acme%0D%0A%0D%0A*%20100%20%25%20yes%0D%0A',
    );
  });

  it('is left out where it is too long, and that is said', () => {
    const { url, whole } = mailto(['a@x.example'], email + 'ä'.repeat(MAILTO_MOST));
    expect(whole).toBe(false);
    expect(url).toBe('mailto:a@x.example?subject=Recap%3A%20Acme%20%26%20co');
  });

  it('leaves out two hundred recipients, who make an address that no program takes, and says so', () => {
    const many = Array.from({ length: 200 }, (_, at) => `somebody.${at}@x.example`);
    const short = mailto(many, email);
    expect(short).toMatchObject({ whole: true, everyone: false });
    expect(short.url).toMatch(/^mailto:\?subject=.*body=/);
    const long = mailto(many, email + 'ä'.repeat(MAILTO_MOST));
    expect(long).toMatchObject({ whole: false, everyone: false });
    expect(long.url.length).toBeLessThan(MAILTO_MOST);
  });

  it('goes to all but oneself, each once', () => {
    const who = (id: string, email: string | null): Attendee => ({
      person_id: id,
      name: id,
      handle: id,
      email,
      role: 'required',
      response: null,
      present: 'unknown',
    });
    const all = [who('me', 'me@x.example'), who('a', 'a@x.example'), who('b', null), who('c', 'a@x.example')];
    expect(recipients(all, 'me')).toEqual(['a@x.example']);
  });
});
