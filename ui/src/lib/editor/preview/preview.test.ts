import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mark, open, seen, stylesAt, tell } from '../testing';
import { offersAt } from './chips';
import { rangesOf, setTold } from './told';

function check(text: string, expected: string) {
  expect(seen(open(text))).toBe(expected.replaceAll('¦', '|'));
}

it('a sign stands inside the edge its line begins at, whichever way that is written', () => {
  const css = readFileSync('src/lib/editor/editor.css', 'utf8');
  const rules = css.match(/\.note-(?:hang|depth-\d|under|quote)\b[^}]*\{[^}]*\}/g) ?? [];
  expect(rules.length).toBeGreaterThan(8);
  expect(rules.filter((rule) => /-left|-right/.test(rule))).toEqual([]);
});

describe('off the cursor', () => {
  it.each([
    ['## A heading', 'A heading'],
    ['# Closed #', 'Closed'],
    ['**bold** and _emphasis_ and ~~gone~~ and `code`', 'bold and emphasis and gone and code'],
    ['a [link](https://example.com "t") here', 'a link here'],
    ['a [link][1] here\n\n[1]: https://example.com', 'a link here\n\n[1]: https://example.com'],
    ['[no link] at all', '[no link] at all'],
    ['<https://example.com>', 'https://example.com'],
    ['> quoted', 'quoted'],
    ['\\!! prose', '!! prose'],
    ['- a\n  - b\n1. c', '⟨•⟩a\n⟨•⟩b\n⟨1.⟩c'],
    ['![plan](attachments/plan.png)', '⟨vault:attachments/plan.png⟩'],
    ['![spy](https://example.com/x.png)', '⟨spy⟩'],
    ['![up](attachments/../../etc/passwd)', '⟨up⟩'],
  ])('%j reads %j', check);

  it('an image from elsewhere is never loaded', () => {
    expect(
      seen(open('![x](https://example.com/x.png) ![y](data:image/png;base64,AAAA) ![z](file:///z)')),
    ).not.toContain('vault:');
  });
});

describe('what can be seen at once', () => {
  it.each([
    ['!! a', '⟨action⟩a'],
    ['=> a', '⟨decision⟩a'],
    ['?? a', '⟨question⟩a'],
    ['- [ ] a', '⟨action⟩a'],
    ['- [x] a', '⟨done⟩a'],
    ['- [X] a', '⟨done⟩a'],
    ['- [-] a', '⟨dropped⟩a'],
    ['[x] !! a', '⟨done⟩a'],
    ['> - [ ] a', '⟨action⟩a'],
    ['* => a', '⟨decision⟩a'],
    ['!!a', '!!a'],
    ['a !! b', 'a !! b'],
    ['[ ] a', '[ ] a'],
    ['```\n!! a\n- [ ] b\n```', '```\n!! a\n- [ ] b\n```'],
    ['    !! a', '    !! a'],
    ['!! a ^k7m2xq', '⟨action⟩a'],
    ['=> a\n  because b\n\n  c', '⟨decision⟩a\nbecause b\n\n  c'],
  ])('%j reads %j', check);

  it('a sign is there while one types behind it, and its marks once one goes among them', () => {
    expect(seen(open('!! a|'), true)).toBe('⟨action⟩a');
    expect(seen(open('!! |'), true)).toBe('⟨action⟩');
    expect(seen(open('!|! a'), true)).toBe('!! a');
  });

  it('on the cursor’s line the text stands as it is written', () => {
    expect(seen(open('**a|**\n**b**'), true)).toBe('**a**\nb');
    expect(seen(open('**a|**'), false)).toBe('a');
    expect(seen(open('**a|**', {}, true), true)).toBe('a');
  });

  it('what was decided stands out, its reasons do not, and what is done is struck', () => {
    const state = open('=> a decision\n  because\n- [x] over');
    expect(stylesAt(state, 'a decision')).toContain('note-decided');
    expect(stylesAt(state, 'because')).toContain('note-under');
    expect(stylesAt(state, 'over')).toContain('note-over');
  });
});

describe('what Rust told', () => {
  const owner = { person_id: 'p', name: 'Tom Meyer', inferred: false, choices: [] };

  it('people by name, topics, dates with their day, links with what they name', () => {
    const text = '!! @tom sends it by Friday #acme after ^aaaaaa ^k7m2xq';
    const state = tell(open(`${text}\n|`), [
      mark({
        from: 0,
        to: text.length,
        kind: 'action',
        status: 'open',
        marker: { from: 0, to: 2 },
        owners: [{ from: 3, to: 7, ...owner }],
        due: { from: 17, to: 26, date: '2026-11-20' },
        topics: [{ from: 27, to: 32, topic: 'acme' }],
        links: [
          {
            from: 33,
            to: 46,
            relation: 'after',
            anchor: 'aaaaaa',
            title: 'The contract',
            date: '2026-09-03',
          },
        ],
      }),
    ]);
    expect(seen(state)).toBe('⟨action⟩⟨Tom Meyer⟩ sends it by Friday⟨20 Nov⟩ #acme ⟨after “The contract”⟩\n');
  });

  it('a date that says its day is not said twice, one that has passed is late', () => {
    const text = '!! a by 10 Nov';
    const state = tell(open(`${text}\n|`), [
      mark({
        from: 0,
        to: text.length,
        kind: 'action',
        status: 'open',
        marker: { from: 0, to: 2 },
        due: { from: 5, to: 14, date: '2026-11-10' },
      }),
    ]);
    expect(seen(state)).toBe('⟨action late⟩a by 10 Nov\n');
    expect(stylesAt(state, 'by 10 Nov')).toContain('note-late');
  });

  it('a label gives way to its sign', () => {
    const text = '**Decision:** ship it';
    const state = tell(open(`${text}\n|`), [
      mark({ from: 0, to: text.length, kind: 'decision', status: 'superseded', marker: { from: 2, to: 11 } }),
    ]);
    expect(seen(state)).toBe('⟨superseded⟩ship it\n');
  });

  it('a row of a table has its sign in front', () => {
    const text = '¦ What ¦ Who ¦\n¦ --- ¦ --- ¦\n¦ do it ¦ Tom ¦\n\n|';
    const state = open(text);
    const from = state.doc.line(3).from;
    expect(
      seen(tell(state, [mark({ line: 3, from, to: state.doc.line(3).to, kind: 'action', status: 'open' })])),
    ).toContain('⟨action⟩');
  });

  it('moves with the text until the next answer, and goes with what it stood on', () => {
    const text = '!! @tom a';
    let state = tell(open(`${text}\n|`), [
      mark({ from: 0, to: 9, kind: 'action', owners: [{ from: 3, to: 7, ...owner }] }),
    ]);
    state = state.update({ changes: { from: 0, insert: 'above\n' } }).state;
    expect(seen(state)).toBe('above\n⟨action⟩⟨Tom Meyer⟩ a\n');
    state = state.update({ changes: { from: 6, to: 16 } }).state;
    expect(seen(state)).toBe('above\n');
  });

  it('a line becomes an item when the cursor leaves it', () => {
    const text = 'Action: write';
    const told = [
      mark({ from: 0, to: text.length, kind: 'action', status: 'open', marker: { from: 0, to: 7 } }),
    ];
    let state = tell(open(`${text}|\nnext`), told);
    expect(seen(state, true)).toBe('Action: write\nnext');
    state = state.update({ selection: { anchor: text.length + 1 } }).state;
    expect(seen(state, true)).toBe('⟨action⟩write\nnext');
    // And stays one when one comes back.
    state = state.update({ selection: { anchor: text.length } }).state;
    state = tell(state, told);
    expect(seen(state, true)).toBe('⟨action⟩write\nnext');
  });

  it('a box that is ticked now is drawn so before Rust has read it', () => {
    const state = tell(open('- [ ] a\n|'), [mark({ from: 0, to: 7, kind: 'action', status: 'open' })]);
    expect(seen(state.update({ changes: { from: 3, to: 4, insert: 'x' } }).state)).toBe('⟨done⟩a\n');
  });

  it('is placed rightly in a text whose lines end in CRLF', () => {
    const state = open('a\r\n\r\n!! @tom b');
    const text = 'a\r\n\r\n!! @tom b';
    const told = rangesOf(
      [mark({ from: 5, to: 14, kind: 'action', owners: [{ from: 8, to: 12, ...owner }] })],
      text,
      state.doc,
      null,
    );
    expect(seen(state.update({ effects: setTold.of(told) }).state)).toBe('a\n\n⟨action⟩⟨Tom Meyer⟩ b');
  });

  it('what is offered is hinted at on the cursor’s line alone, with its key', () => {
    const text = 'Please send it by Monday';
    const told = [
      mark({
        from: 0,
        to: text.length,
        offers: [{ from: 15, to: 24, what: 'due', insert: 'due:2026-11-23', label: 'due 23 Nov' }],
      }),
    ];
    expect(seen(tell(open(`${text}|\n`), told), true)).toContain('⟨due 23 Nov Ctrl .⟩');
    expect(seen(tell(open(`${text}\n|`), told), true)).toBe(`${text}\n`);
    expect(offersAt(tell(open(`${text}\n|`), told))).toEqual([]);
  });
});
