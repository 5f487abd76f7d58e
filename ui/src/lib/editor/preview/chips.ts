import type { EditorState, Range } from '@codemirror/state';
import { Decoration } from '@codemirror/view';
import { shortDay } from '$lib/format';
import { place } from '../place';
import type { Line } from './lines';
import { toldBetween, type Told } from './told';
import { Words } from './widgets';

const chip = Decoration.mark({ class: 'note-chip' });
const plainName = Decoration.mark({ class: 'note-owner' });
const ambiguous = Decoration.mark({ class: 'note-ambiguous' });
const topic = Decoration.mark({ class: 'note-topic' });
const dated = Decoration.mark({ class: 'note-date' });
const lateDate = Decoration.mark({ class: 'note-date note-late' });
const offered = Decoration.mark({ class: 'note-offer' });
const linked = Decoration.mark({ class: 'note-relation' });

type Spot = { from: number; to: number; told: Told };

/** Draws what Rust told of a line: people, topics, dates, links and offers. */
export function drawTold(
  state: EditorState,
  line: Line,
  spots: Spot[],
  over: boolean,
  out: Range<Decoration>[],
): void {
  const heads = state.readOnly ? [] : state.selection.ranges.map(({ head }) => head);
  for (const { from, to, told } of spots) {
    const editing = line.active && heads.some((head) => head > from && head <= to);
    switch (told.is) {
      case 'owner':
      case 'mention':
        if (told.is === 'owner' && told.choices.length > 1) out.push(ambiguous.range(from, to));
        else drawPerson(state, from, to, told, line.active, editing, out);
        break;
      case 'topic':
        if (!editing) out.push(topic.range(from, to));
        break;
      case 'due':
      case 'revisit':
        drawDate(state, { from, to, date: told.date }, told.is === 'due' && !over, editing, line, out);
        break;
      case 'link':
        drawRelation(state, from, to, told, line.active, out);
        break;
      case 'offer':
        out.push(offered.range(from, to));
        break;
    }
  }
}

function drawPerson(
  state: EditorState,
  from: number,
  to: number,
  told: Extract<Told, { is: 'owner' | 'mention' }>,
  active: boolean,
  editing: boolean,
  out: Range<Decoration>[],
): void {
  const written = state.sliceDoc(from, to);
  if (!written.startsWith('@')) {
    if (told.is === 'owner') out.push(plainName.range(from, to));
  } else if (!active && told.person) {
    out.push(Decoration.replace({ widget: new Words(told.name, 'note-chip', written) }).range(from, to));
  } else if (!editing) {
    out.push(chip.range(from, to));
  }
}

/** A date as it is written, and the day it means after it, where the words do not say it already. */
function drawDate(
  state: EditorState,
  span: { from: number; to: number; date: string },
  due: boolean,
  editing: boolean,
  line: Line,
  out: Range<Decoration>[],
): void {
  const late = due && span.date < state.facet(place).today();
  out.push((late ? lateDate : dated).range(span.from, span.to));
  const day = dayMeant(state, span, late);
  // In a cell it stands inside, and not behind the cell.
  const side = line.ground === 'table' ? 0 : 1;
  if (!editing && day) out.push(Decoration.widget({ widget: day, side }).range(span.to));
}

/** The day that words mean, where they do not say it themselves. */
function dayMeant(
  state: EditorState,
  { from, to, date }: { from: number; to: number; date: string },
  late: boolean,
): Words | null {
  const day = dateAfter(state, date, late);
  return state.sliceDoc(from, to).toLowerCase().includes(day.text.toLowerCase()) ? null : day;
}

/** By how many letters what is drawn between two places is longer than what is written there. */
export function drawnBeyond(state: EditorState, from: number, to: number): number {
  let more = 0;
  for (const { from: start, to: end, told } of toldBetween(state, from, to)) {
    if (start < from || end > to) continue;
    if (told.is === 'due' || told.is === 'revisit') {
      const day = dayMeant(state, { from: start, to: end, date: told.date }, false);
      more += day ? day.text.length + 1 : 0;
    } else if ((told.is === 'owner' || told.is === 'mention') && told.person) {
      if (state.sliceDoc(start, start + 1) === '@') more += told.name.length - (end - start);
    }
  }
  return more;
}

/** `supersedes ^k7m2xq` as "supersedes “Flat fee for phase two”", and of which day that is as its title. */
function drawRelation(
  state: EditorState,
  from: number,
  to: number,
  told: Extract<Told, { is: 'link' }>,
  active: boolean,
  out: Range<Decoration>[],
): void {
  if (active) {
    out.push(linked.range(from, to));
    return;
  }
  const said = (told.title ?? '').trim();
  const what = said ? `“${shortened(said)}”` : 'something that is gone';
  const day = told.date ? `, ${dateAfter(state, told.date, false).text}` : '';
  out.push(
    Decoration.replace({
      widget: new Words(`${told.relation} ${what}`, 'note-relation', said ? `${said}${day}` : ''),
    }).range(from, to),
  );
}

function shortened(title: string): string {
  return title.length > 32 ? `${title.slice(0, 30).trimEnd()}…` : title;
}

/** What can be taken at the cursor: at the place itself first, else the first on its line. */
export function offersAt(state: EditorState): { from: number; to: number; insert: string; label: string }[] {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const found = toldBetween(state, line.from, line.to).flatMap(({ from, to, told }) => {
    if (from < line.from || to > line.to) return [];
    if (told.is === 'offer') return [{ from, to, insert: told.insert, label: told.label }];
    return [];
  });
  const chosen = found.find(({ from, to }) => from <= head && head <= to) ?? found[0];
  return chosen ? found.filter(({ from, to }) => from === chosen.from && to === chosen.to) : [];
}

/** The hint for what can be taken at the cursor. */
export function offerFor(state: EditorState): { line: number; label: string; key: string } | null {
  const offers = offersAt(state);
  const [first] = offers;
  if (!first || state.readOnly) return null;
  const label = offers.length === 1 ? first.label : 'Who?';
  return { line: state.doc.lineAt(state.selection.main.head).from, label, key: offerKey };
}

const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform);
export const offerKey = isMac ? '⌘ .' : 'Ctrl .';

/** `20 Nov`, after the words that say it. */
function dateAfter(state: EditorState, date: string, late: boolean): Words {
  return new Words(shortDay(date, state.facet(place).today()), late ? 'note-day note-late' : 'note-day');
}
