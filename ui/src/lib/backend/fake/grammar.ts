import { readDay } from '$lib/format';
import type { Day, Mark, PersonRef, Span } from '../types';

/* A simple reading of the capture grammar, enough to work with in a browser. The program's own is in Rust. */

export interface Context {
  /** The meeting's date, to which "by Friday" is relative. */
  day: Day;
  attendees: PersonRef[];
  /** By handle. */
  people: Map<string, PersonRef>;
  me: PersonRef | null;
  /** Titles of items by anchor. */
  anchors: Map<string, string>;
  prep: boolean;
}

type Kind = NonNullable<Mark['kind']>;
const labels: [Kind, RegExp][] = [
  [
    'action',
    /^(?:\*\*)?(?:action(?: item)?|AI|TODO|next step)(?:[ -]\d+)?(?:\([^)]*\))?(?::\*\*|\*\*:|:)(?:\s+|$)/i,
  ],
  [
    'decision',
    /^(?:\*\*)?(?:decision|decided|resolved|resolution|agreed|consensus|verdict|conclusion)(?:::\*\*|:\*\*|\*\*:|:)\s+/i,
  ],
  ['question', /^(?:\*\*)?(?:open question|question)(?::\*\*|\*\*:|:)\s+/i],
];
const shorthands: Record<string, Kind> = { '!!': 'action', '=>': 'decision', '??': 'question' };
const headings: [Kind, RegExp][] = [
  ['action', /^(action items?|actions|next steps|todo)$/i],
  ['decision', /^(decisions|resolutions)$/i],
  ['question', /^(open questions|questions)$/i],
];
const cue = /(?<![\w-])(by|due|before|until|till|within|no later than|deadline):?\s+/gi;
const dayWords =
  /^(end of (?:the )?(?:month|week)|next (?:week|month)|(?:\d+|an?) (?:days?|weeks?|months?)|\d{4}-\d\d-\d\d|\d{1,2}\.? [a-z]{3,9}|[a-z]{3,9} \d{1,2}|today|tomorrow|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)(?![\w-])/i;

/** Every line that is an item, with the places of what it holds. */
export function readMarks(text: string, context: Context): Mark[] {
  const marks: Mark[] = [];
  let from = 0;
  let fenced = false;
  let under: { kind: Kind; level: number } | null = null;
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '');
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && heading) {
      const level = heading[1]?.length ?? 1;
      const kind = headings.find(([, words]) => words.test((heading[2] ?? '').replace(/:$/, '')))?.[0];
      if (kind) under = { kind, level };
      else if (under && level <= under.level) under = null;
    } else if (!fenced) {
      const mark = readLine(line, index + 1, from, under?.kind ?? null, context);
      if (mark) marks.push(mark);
    }
    from += raw.length + 1;
  });
  return marks;
}

function readLine(
  line: string,
  number: number,
  from: number,
  under: Kind | null,
  context: Context,
): Mark | null {
  const lead = /^\s*(?:>\s*)*(?:(?:[-*+]|\d+[.)])\s+)?/.exec(line)?.[0] ?? '';
  const listed = /(?:[-*+]|\d+[.)])\s+$/.test(lead);
  let at = lead.length;
  const rest = () => line.slice(at);
  const box = /^\[([ xX-])\](?:\s+|$)/.exec(rest());
  if (box) at += box[0].length;
  const short = /^(!!|=>|\?\?)\s+/.exec(rest());
  const label = labels.find(([, words]) => words.test(rest()));
  const taken = short?.[0] ?? label?.[1].exec(rest())?.[0] ?? '';
  let kind: Kind | null = short ? (shorthands[short[1] ?? ''] ?? null) : (label?.[0] ?? null);
  if (!kind && box) kind = 'action';
  if (!kind && listed && under && !/^\s/.test(lead)) kind = under;
  at += taken.length;
  const anchored = /\s\^([a-z0-9]{6})\s*$/.exec(line);
  const end = anchored ? anchored.index : line.trimEnd().length;
  const body = line.slice(at, end);
  const mark: Mark = {
    line: number,
    from,
    to: from + line.length,
    kind,
    status: null,
    marker: at > lead.length ? { from: from + lead.length, to: from + at } : null,
    owners: [],
    mentions: [],
    due: null,
    revisit: null,
    topics: [],
    links: [],
    anchor: anchored ? { from: from + anchored.index + 1, to: from + anchored.index + 8 } : null,
    offers: [],
  };
  if (kind && (body.trim() === '' || /^(none|n\/a|tbd|text|todo)\.?$/i.test(body.trim())))
    kind = mark.kind = null;
  inside(body, from + at, mark, context);
  if (!kind) {
    const loose = /^(!!|=>|\?\?)(?=\S)/.exec(line.slice(lead.length));
    if (loose) {
      const start = from + lead.length;
      mark.offers.push({
        from: start,
        to: start + 2,
        what: 'item',
        insert: `${loose[1]} `,
        label: `Make it ${article(shorthands[loose[1] ?? ''])}`,
      });
    }
    const nothing = mark.offers.length + mark.topics.length + mark.mentions.length + mark.owners.length === 0;
    mark.mentions.push(...mark.owners.splice(0));
    mark.due = mark.revisit = null;
    return nothing ? null : mark;
  }
  mark.status = statusOf(kind, box?.[1], context.prep);
  return mark;
}

function article(kind: Kind | undefined): string {
  return kind === 'action' ? 'an action' : `a ${kind}`;
}

function statusOf(kind: Kind, box: string | undefined, prep: boolean): Mark['status'] {
  if (kind === 'decision') return prep ? 'proposed' : 'holds';
  if (box === 'x' || box === 'X') return kind === 'action' ? 'done' : 'answered';
  return box === '-' && kind === 'action' ? 'dropped' : 'open';
}

/** Owners, dates, topics and links of an item's text. */
function inside(body: string, base: number, mark: Mark, context: Context): void {
  const span = (index: number, length: number): Span => ({ from: base + index, to: base + index + length });
  for (const found of body.matchAll(/(?<![\w/])#([\p{L}\d][\p{L}\d/_-]*)/gu)) {
    mark.topics.push({ ...span(found.index, found[0].length), topic: found[1] ?? '' });
  }
  for (const found of body.matchAll(/(supersedes|after|answers)\s+\^([a-z0-9]{6})/g)) {
    const relation = found[1] as 'supersedes' | 'after' | 'answers';
    mark.links.push({
      ...span(found.index, found[0].length),
      relation,
      anchor: found[2] ?? '',
      title: context.anchors.get(found[2] ?? '') ?? null,
    });
  }
  const revisit = /revisit in (\d+) (day|week|month)s?/.exec(body);
  if (revisit) {
    const date = readDay(`in ${revisit[1]} ${revisit[2]}s`, context.day);
    if (date) mark.revisit = { ...span(revisit.index, revisit[0].length), date };
  }
  mark.due = dueOf(body, base, context.day);
  const tail = body.replace(/(\s*(#\S+|due:\S+|📅\s*\S+|by [\w -]+|@[\w.-]+))+$/, '').length;
  for (const found of body.matchAll(/(?<![\w.])@([\p{L}\d][\p{L}\d._-]*)/gu)) {
    const handle = (found[1] ?? '').replace(/[.-]+$/, '');
    const person = handle === 'me' ? context.me : (context.people.get(handle.toLowerCase()) ?? null);
    const one = {
      ...span(found.index, handle.length + 1),
      person_id: person?.person_id ?? null,
      name: person?.name ?? handle,
    };
    const before = body
      .slice(0, found.index)
      .replace(/@[\w.-]+|,|and/g, '')
      .trim();
    if (before === '' || found.index >= tail) mark.owners.push({ ...one, inferred: false, choices: [] });
    else mark.mentions.push(one);
  }
  if (mark.owners.length === 0) named(body, base, mark, context);
  if (!mark.due && mark.kind === 'action') offerDay(body, base, mark, context.day);
}

function dueOf(body: string, base: number, day: Day): Mark['due'] {
  const plain = /(?:due:|📅\s*)(\d{4}-\d\d-\d\d)/u.exec(body);
  if (plain?.[1])
    return { from: base + plain.index, to: base + plain.index + plain[0].length, date: plain[1] };
  for (const found of body.matchAll(cue)) {
    const start = found.index + found[0].length;
    const words = dayWords.exec(body.slice(start))?.[0];
    const date = words
      ? readDay(/^(\d+|an?) /.test(words) && /day|week|month/.test(words) ? `in ${words}` : words, day)
      : null;
    if (words && date) return { from: base + found.index, to: base + start + words.length, date };
  }
  return null;
}

/** "Ana to send…", "Ana: …", "Ana will …": a name at the front that exactly one attendee, or one person, has. */
function named(body: string, base: number, mark: Mark, context: Context): void {
  const found = /^(\p{Lu}[\p{L}'-]*|I)(?=:| to | will )/u.exec(body);
  const name = found?.[1];
  if (!name) return;
  const bear = (people: Iterable<PersonRef>) => [...people].filter((one) => one.name.split(' ')[0] === name);
  const here = bear(context.attendees);
  const choices = here.length > 0 ? here : bear(context.people.values());
  const person = name === 'I' ? context.me : choices.length === 1 ? choices[0] : null;
  if (!person && choices.length === 0) return;
  mark.owners.push({
    from: base,
    to: base + name.length,
    person_id: person?.person_id ?? null,
    name: person?.name ?? name,
    inferred: true,
    choices: person ? [] : choices,
  });
}

function offerDay(body: string, base: number, mark: Mark, day: Day): void {
  const found = /(?<![\w-])(on )?((?:mon|tues|wednes|thurs|fri)day|tomorrow)(?![\w-])/i.exec(body);
  const date = found?.[2] ? readDay(found[2], day) : null;
  if (!found || !date) return;
  const from = base + found.index;
  mark.offers.push({
    from,
    to: from + found[0].length,
    what: 'due',
    insert: `by ${found[2]}`,
    label: `Due ${date}`,
  });
}
