import {
  completionStatus,
  insertCompletionText,
  pickedCompletion,
  type Completion as Option,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Completion } from '$lib/backend/types';
import { shortDay } from '$lib/format';
import { groundAt, taking } from '../keys/items';
import { place, type Place } from '../place';
import { offersAt } from '../preview/chips';
import { anchorOf } from '../text/anchors';

/** What is being completed: where the sign stands, and what was typed after it. */
export interface Asked {
  kind: 'person' | 'topic' | 'item' | 'template';
  from: number;
  query: string;
}

export interface Shown extends Option {
  /** Two letters before a person; a sign before other things. */
  badge: string;
}

const inside = {
  // A second word only in capitals: "@lena will" is not a search for "lena will".
  person: /(?:^|[\s([{*_"'“,;:/])@([\p{L}\p{N}][\p{L}\p{N}._'’-]*(?: \p{Lu}[\p{L}\p{N}.'’-]*){0,2} ?|)$/u,
  topic: /(?:^|[\s([{,;])#([\p{L}\p{N}_][\p{L}\p{N}_/-]*|)$/u,
  item: /(?:^|\s)\^([^^\n]{0,40})$/u,
  template: /^[ \t]*\/([\p{L}\p{N}_ -]*)$/u,
} as const;

/** What stands before the cursor, if it is something that is completed. */
export function askedAt(state: EditorState, at: number): Asked | null {
  const line = state.doc.lineAt(at);
  const before = line.text.slice(0, at - line.from);
  if (!/[@#^/]/.test(before) || groundAt(state, line.from) === 'code') return null;
  for (const kind of ['template', 'person', 'topic', 'item'] as const) {
    const found = inside[kind].exec(before);
    if (!found) continue;
    const query = found[1] ?? '';
    const from = at - query.length - 1;
    // A number sign alone at the front may become a heading.
    if (kind === 'topic' && query === '' && from === line.from) continue;
    return { kind, from, query };
  }
  return null;
}

/** Whether one is in the midst of a name, or choosing: saved now, half a handle would become somebody. */
export function isUnfinished(state: EditorState): boolean {
  const { main } = state.selection;
  if (completionStatus(state) !== null) return true;
  const asked = main.empty ? askedAt(state, main.head) : null;
  return asked?.kind === 'person' && asked.query !== '' && !asked.query.endsWith(' ');
}

/** Offers people, topics, items and templates as their signs are typed; and what is ambiguous, when asked. */
export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const asked = askedAt(context.state, context.pos);
  const here = context.state.facet(place);
  if (!asked) return context.explicit ? choices(context) : null;
  const found = await here.complete(asked.kind, asked.query.trim()).catch(() => []);
  if (context.aborted) return null;
  const options = found
    .filter(({ group }) => group !== 'new')
    .filter((one) => !here.discreet() || isOfNote(one, asked.kind, context.state))
    .map((one) => optionOf(one, asked, context.state));
  if (asked.kind === 'person') options.push(...newPerson(asked.query.trim(), found, here));
  return options.length > 0 ? { from: asked.from, options, filter: false } : null;
}

/** Whether the note, or who is at its meeting, says it already. */
function isOfNote({ group, insert }: Completion, kind: Asked['kind'], state: EditorState): boolean {
  return kind === 'template' || group === 'here' || state.doc.toString().includes(insert);
}

function optionOf(one: Completion, asked: Asked, state: EditorState): Shown {
  const said = one.group !== 'here' || /(?:^|· )here$/.test(one.detail ?? '');
  const today = state.facet(place).today();
  const dated = one.detail?.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => shortDay(day, today));
  const detail = [dated, said ? null : 'here'].filter(Boolean).join(' · ');
  return {
    label: one.label,
    ...(detail ? { detail } : {}),
    badge: badgeOf(asked.kind, one.label, one.group),
    apply: (view, option, from, to) => {
      const text = written(one, asked.kind, state.sliceDoc(state.doc.lineAt(from).from, from));
      // Of a line saved before, its end is where its anchor begins.
      const line = view.state.doc.lineAt(to);
      const end = line.from + (anchorOf(line.text)?.from ?? line.length);
      const next = to >= end ? '' : view.state.sliceDoc(to, to + 1);
      const blank = asked.kind !== 'template' && !/^[\s.,;:!?)\]]/.test(next) ? ' ' : '';
      view.dispatch({
        ...insertCompletionText(view.state, text + blank, from, to),
        annotations: pickedCompletion.of(option),
      });
    },
  };
}

/** What is written for a choice: with its sign, and for an item with the relation unless that stands there already. */
function written({ insert, group }: Completion, kind: Asked['kind'], before: string): string {
  if (kind === 'person') return insert.startsWith('@') ? insert : `@${insert}`;
  if (kind === 'topic') return insert.startsWith('#') ? insert : `#${insert}`;
  if (kind === 'template') return insert;
  const anchor = /\^[a-z0-9]{6}\s*$/.exec(insert)?.[0].trim() ?? insert;
  if (/\b(?:supersedes|after|answers)(?:\s+\^[a-z0-9]{6},?(?:\s+and)?)*\s+$/i.test(before)) return anchor;
  if (/^(?:supersedes|after|answers)\b/.test(insert)) return insert;
  return `${relations[group ?? ''] ?? 'after'} ${anchor}`;
}

const signs: Record<string, string> = { decision: '◆', question: '?', action: '○' };
const relations: Record<string, string> = { decision: 'supersedes', question: 'answers', action: 'after' };

/** "New person “le”": made at once, and written with the handle it got. */
function newPerson(name: string, found: Completion[], here: Place): Shown[] {
  if (
    name === '' ||
    found.some(({ label, group }) => group !== 'new' && label.toLowerCase() === name.toLowerCase())
  )
    return [];
  const apply = (view: EditorView, option: Option, from: number, to: number) => {
    const typed = view.state.sliceDoc(from, to);
    view.dispatch({
      changes: { from, to, insert: `${typed} ` },
      selection: { anchor: to + 1 },
      annotations: pickedCompletion.of(option),
    });
    here.personNew(name).then(
      (made) => {
        const text = written(made, 'person', '');
        // Wherever it stands by now; where it was changed, the text stays as typed.
        const at = nearest(view.state.doc.toString(), typed, from);
        if (at !== null && text !== typed)
          view.dispatch({
            changes: { from: at, to: at + typed.length, insert: text },
            userEvent: 'input.complete',
          });
      },
      (failure: unknown) => here.complain(failure),
    );
  };
  return [{ label: `New person “${name}”`, badge: '+', apply, type: 'new' }];
}

function nearest(text: string, wanted: string, from: number): number | null {
  const [before, after] = [text.lastIndexOf(wanted, from), text.indexOf(wanted, from)];
  if (before < 0 && after < 0) return null;
  if (before < 0 || after < 0) return Math.max(before, after);
  return from - before <= after - from ? before : after;
}

/** What an ambiguous name may mean: asked for with the key that takes an offer. */
function choices({ state, pos }: CompletionContext): CompletionResult | null {
  const offers = offersAt(state);
  if (offers.length < 2) return null;
  const options: Shown[] = offers.map((offer) => ({
    label: offer.label,
    badge: badgeOf('person', offer.label),
    apply: (view) => view.dispatch(taking(view.state, offer)),
  }));
  return { from: pos, options, filter: false };
}

function badgeOf(kind: Asked['kind'], label: string, group: string | null = null): string {
  if (kind === 'topic') return '#';
  if (kind === 'template') return '/';
  if (kind === 'item') return signs[group ?? ''] ?? '^';
  const words = label.split(/\s+/).filter(Boolean);
  return (
    (words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : (words[0]?.[1] ?? ''))
  ).toUpperCase();
}
