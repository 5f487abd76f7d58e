import type { Backend } from '../backend';
import { Matcher } from '$lib/domain/match';
import { joined, topicsOf } from '$lib/domain/narrowings';
import type {
  Action,
  ActionFilter,
  ActionsAsk,
  Day,
  Decision,
  DecisionDetail,
  DecisionFilter,
  Done,
  Item,
  ListPlace,
  Question,
  Step,
} from '../types';
import { closed, group } from './action-groups';
import { contradictions } from './contradictions';
import { inLens } from './lens';
import { write } from './notes';
import { attends, failure, need, type World } from './world';

/** Whole lists, as the command tells them: the window asks for stretches. */
export interface Whole {
  actions(filter: ActionFilter): Promise<Action[]>;
  decisions(filter: DecisionFilter): Promise<Decision[]>;
  questions(open: boolean): Promise<Question[]>;
}

type Items = Whole &
  Pick<
    Backend,
    | 'actionsStretch'
    | 'actionsPlaces'
    | 'actionStatus'
    | 'actionDue'
    | 'actionAssign'
    | 'actionSnooze'
    | 'actionsDue'
    | 'actionsAssign'
    | 'actionsSnooze'
    | 'decision'
    | 'decisionSupersede'
    | 'decisionConfirm'
    | 'contradictions'
    | 'decisionCompatible'
    | 'trace'
  >;

/** An action as it stands now: whether it is overdue depends on the day. */
export function fresh(world: World, action: Action): Action {
  const overdue = action.status === 'open' && action.due !== null && action.due < world.today;
  return overdue === action.overdue ? action : { ...action, overdue };
}

export function byDue(a: Action, b: Action): number {
  return (
    (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
    (a.meeting_date ?? '').localeCompare(b.meeting_date ?? '')
  );
}

/** Edits the line of an item in its note, and with it the item. */
function editLine(
  world: World,
  item: Action | Decision,
  edit: (line: string) => string,
): { kind: string; id: string }[] {
  const meeting = item.meeting_id;
  if (!meeting) return [];
  const { text } = world.note(meeting, item.note_part);
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trimEnd().endsWith(`^${item.anchor}`));
  if (at < 0)
    throw failure(
      'not_found',
      'The sentence is no longer in its note.',
      'Open the note to see what became of it.',
    );
  lines[at] = edit(lines[at] ?? '');
  return write(world, meeting, item.note_part, lines.join('\n'));
}

const marks = { open: '[ ]', done: '[x]', dropped: '[-]' };

/** Flips the box, or puts one before the marker where there is none. */
export function tick(line: string, status: Action['status']): string {
  if (/^\s*(?:>\s*)*(?:(?:[-*+]|\d+[.)])\s+)?\[[ xX-]\](?=\s)/.test(line))
    return line.replace(/\[[ xX-]\]/, marks[status]);
  return status === 'open'
    ? line
    : line.replace(/^(\s*(?:>\s*)*(?:(?:[-*+]|\d+[.)])\s+)?)/, `$1${marks[status]} `);
}

function beforeAnchor(line: string, words: string): string {
  return line.replace(/(\s\^[a-z0-9]{6}\s*)$/, ` ${words}$1`);
}

/** The line with that date in place of its own, or with none. */
function dated(line: string, due: Day | null): string {
  const written = due ? `due:${due}` : '';
  const plain = /(?:due:|📅\s*)\d{4}-\d\d-\d\d/u;
  const worded =
    /(?<![\w-])(?:by|due|before|until|till|within|no later than) (?:end of (?:the )?\w+|next \w+|\d+ \w+|\d{4}-\d\d-\d\d|[A-Za-z]+day|tomorrow|today)(?![\w-])/;
  for (const said of [plain, worded]) {
    const now = line.replace(said, written);
    if (now !== line) return due ? now : now.replace(/ {2,}/g, ' ');
  }
  return due ? beforeAnchor(line, written) : line;
}

/** The one of a list of one. */
function only<T>({ answer, entry }: Done<T[]>): Done<T> {
  const [first] = answer;
  if (first === undefined) throw failure('not_found', 'There is no such action.');
  return { answer: first, entry };
}

const matcher = new Matcher<Action>((action) =>
  [
    action.text,
    ...action.owners.map(({ name }) => name),
    ...action.topics.map((topic) => `#${topic}`),
    action.meeting_title ?? '',
  ].join(' '),
);

/** Actions, decisions and questions, with what is done to them. */
export function items(world: World): Items {
  const action = (id: string) => need(world.state.actions, id, 'action');
  const decision = (id: string) => need(world.state.decisions, id, 'decision');
  const about = (item: { meeting_id: string | null }, organization: string): boolean => {
    const meeting = world.state.meetings.get(item.meeting_id ?? '');
    return (
      meeting?.attendees.some(
        (one) => world.state.people.get(one.person_id)?.organization_id === organization,
      ) ?? false
    );
  };
  const topical = (item: { topics: string[] }, topic: string) =>
    item.topics.some((one) => one === topic || one.startsWith(`${topic}/`));
  const step = (item: { id: string; text: string; meeting_date: string | null }, kind: string): Step => ({
    kind,
    id: item.id,
    title: item.text,
    date: item.meeting_date,
  });

  /** One command for all of them: one undo. */
  function each(ids: string[], command: string, run: (id: string) => { kind: string; id: string }[]) {
    const many = ids.length === 1 ? 'an action' : `${ids.length} actions`;
    return world.command(command.replace('%', many), () => {
      const touched = ids.flatMap((id) => [...run(id), { kind: 'item', id }]);
      return { answer: ids.map((id) => fresh(world, action(id))), touched };
    });
  }

  async function actionsDue(ids: string[], due: Day | null): Promise<Done<Action[]>> {
    return each(ids, due ? 'moved the date of %' : 'took the date off %', (id) => {
      const old = action(id);
      const touched = editLine(world, old, (line) => dated(line, due));
      const slips = old.slips + Number(old.due !== null && due !== null && due > old.due);
      world.state.actions.set(id, { ...action(id), due, slips });
      const from = old.due ? ` from ${old.due}` : '';
      world.log(id, due ? `due moved${from} to ${due}` : 'date taken off');
      return touched;
    });
  }

  async function actionsAssign(ids: string[], person: string): Promise<Done<Action[]>> {
    const to = need(world.state.people, person, 'person');
    const handle = to.is_me ? '@me' : `@${to.handle}`;
    return each(ids, 'assigned %', (id) => {
      const touched = editLine(world, action(id), (line) => {
        const front = /^(\s*(?:[-*+]\s+)?(?:\[[ xX-]\]\s+)?(?:!!\s+|[A-Za-z ]+:\s+)?)@[\w.-]+/;
        return front.test(line) ? line.replace(front, `$1${handle}`) : beforeAnchor(line, handle);
      });
      const owner = { person_id: to.id, name: to.name, handle: to.handle, inferred: false };
      world.state.actions.set(id, { ...action(id), owners: [owner] });
      world.log(id, `given to ${to.is_me ? 'you' : to.name}`);
      return touched;
    });
  }

  async function actionsSnooze(ids: string[], until: Day): Promise<Done<Action[]>> {
    return each(ids, 'snoozed %', (id) => {
      world.state.actions.set(id, { ...action(id), snoozed_until: until });
      world.log(id, `snoozed until ${until}`);
      return [];
    });
  }

  function detail(id: string): DecisionDetail {
    const one = decision(id);
    let head = one;
    for (
      let next = world.state.decisions.get(head.superseded_by ?? '');
      next;
      next = world.state.decisions.get(next.superseded_by ?? '')
    )
      head = next;
    const chain = [head];
    for (
      let last = world.state.decisions.get(head.supersedes ?? '');
      last;
      last = world.state.decisions.get(last.supersedes ?? '')
    )
      chain.push(last);
    const led = [...world.state.actions.values()].filter(
      (other) =>
        other.meeting_id === one.meeting_id &&
        other.note_part === one.note_part &&
        other.line > one.line &&
        other.line <= one.line + 3,
    );
    const confirmed = (world.state.confirmed.get(id) ?? []).map(({ by, at }) => ({
      by: { person_id: by, name: world.state.people.get(by)?.name ?? '' },
      at,
      before_change: false,
    }));
    chain.reverse();
    const branches = [{ line: chain.map(({ id }) => id), supersedes: null, superseded_by: null }];
    return { ...one, chain, branches, led_to: led.map((other) => fresh(world, other)), confirmed };
  }

  async function actions(filter: ActionFilter): Promise<Action[]> {
    const me = world.me?.id ?? '';
    const mine = (one: Action) => one.owners.some((owner) => owner.person_id === me);
    const awake = (one: Action) =>
      one.status === 'open' && (one.snoozed_until === null || one.snoozed_until <= world.today);
    const views: Record<string, (one: Action) => boolean> = {
      mine: (one) => awake(one) && mine(one),
      waiting: (one) => awake(one) && one.owners.length > 0 && !mine(one),
      unowned: (one) => awake(one) && one.owners.length === 0,
      undated: (one) => awake(one) && one.due === null,
      overdue: (one) => awake(one) && one.overdue,
      done: (one) => one.status !== 'open',
      all: () => true,
    };
    const { view = 'all', person, organization, topic } = filter;
    const found = [...world.state.actions.values()]
      .map((one) => fresh(world, one))
      .filter(
        (one) =>
          inLens(world, one.meeting_id) &&
          (views[view]?.(one) ?? true) &&
          (!person || one.owners.some((owner) => owner.person_id === person)) &&
          (!organization || about(one, organization)) &&
          (!topic || topical(one, topic)),
      );
    return view === 'done'
      ? found.sort((a, b) => (b.done_at ?? '').localeCompare(a.done_at ?? ''))
      : found.sort(byDue);
  }

  /** The whole list as the window reads it. */
  async function read(ask: ActionsAsk) {
    const { view = 'all', by = 'date', words = '', stay = [], ...narrow } = ask;
    const stays = new Set(stay.map(({ id }) => id));
    const there = await actions({ view, ...narrow });
    const found = joined(
      there,
      [...stays].flatMap((id) => world.state.actions.get(id) ?? []),
    );
    const today = { date: world.today, week_starts: world.settings.week_starts };
    const me = world.me?.id ?? null;
    const matching = matcher.filter(found, words);
    const over = (one: Action) => one.status !== 'open' && !stays.has(one.id);
    const groups =
      view === 'done' && by === 'date'
        ? closed(matching, today)
        : group(matching, by, today, me, view === 'done' ? undefined : over);
    return { groups, rows: groups.flatMap(({ items }) => items), topics: topicsOf(there) };
  }

  const place = ({ id, status }: Action, at: number): ListPlace => ({ id, at, status });

  return {
    actions,
    async actionsStretch(ask, from, limit, find) {
      const { groups, rows, topics } = await read(ask);
      const first = Math.min(from, Math.max(0, rows.length - limit));
      return {
        seq: world.seq,
        total: rows.length,
        groups: groups.map(({ key, title, items }) => ({ key, title, count: items.length })),
        from: first,
        rows: rows.slice(first, first + limit).map((one) => fresh(world, one)),
        found: rows.map(place).filter(({ id }) => find.includes(id)),
        topics,
      };
    },
    async actionsPlaces(ask, from, to) {
      return (await read(ask)).rows.map(place).slice(from, to);
    },
    async actionStatus(ids, status) {
      const words = { done: 'ticked', dropped: 'dropped', open: 'opened again' }[status];
      return world.command(`${words} ${ids.length === 1 ? 'an action' : `${ids.length} actions`}`, () => {
        const touched = ids.flatMap((id) => {
          const one = action(id);
          if (one.meeting_id && world.state.meetings.has(one.meeting_id))
            return editLine(world, one, (line) => tick(line, status));
          world.state.actions.set(id, { ...one, status, done_at: status === 'open' ? null : world.now });
          return [{ kind: 'item', id }];
        });
        for (const id of ids) world.log(id, status === 'open' ? 'opened again' : status);
        return { answer: ids.map((id) => fresh(world, action(id))), touched };
      });
    },
    actionDue: async (id, due) => only(await actionsDue([id], due)),
    actionAssign: async (id, person) => only(await actionsAssign([id], person)),
    actionSnooze: async (id, until) => only(await actionsSnooze([id], until)),
    actionsDue,
    actionsAssign,
    actionsSnooze,
    async decisions(filter) {
      const { topic, person, organization, since, as_of, holding } = filter;
      const later = (one: Decision) => world.state.decisions.get(one.superseded_by ?? '')?.meeting_date ?? '';
      return [...world.state.decisions.values()]
        .filter((one) => {
          if (!inLens(world, one.meeting_id)) return false;
          const date = one.meeting_date ?? '';
          if (
            as_of &&
            (date > as_of || one.status === 'proposed' || (one.superseded_by && later(one) <= as_of))
          )
            return false;
          if (!as_of && holding && one.status !== 'holds') return false;
          if (since && date < since) return false;
          if (topic && !topical(one, topic)) return false;
          if (person && ![...one.decided_by, ...one.present].some((someone) => someone.person_id === person))
            return false;
          return !organization || about(one, organization);
        })
        .sort((a, b) => (b.meeting_date ?? '').localeCompare(a.meeting_date ?? ''));
    },
    decision: async (id) => detail(id),
    async decisionConfirm(id, person) {
      return world.command('confirmed a decision', () => {
        const by = need(world.state.people, person, 'person').id;
        const said = world.state.confirmed.get(decision(id).id) ?? [];
        if (said.some((one) => one.by === by)) throw failure('taken', 'They have confirmed it already.');
        world.state.confirmed.set(id, [...said, { by, at: world.now }]);
        return { answer: detail(id), touched: [{ kind: 'item', id }] };
      });
    },
    contradictions: async () => {
      const pairs = contradictions(world);
      return { pairs, total: pairs.length };
    },
    decisionCompatible: async (one, other) =>
      world.command('said that two decisions go together', () => {
        world.state.compatible.add([one, other].sort().join(' '));
        return { answer: undefined, touched: [{ kind: 'setting', id: 'compatible decisions' }] };
      }),
    async decisionSupersede(oldId, by) {
      if (oldId === by) throw failure('invalid', 'A decision cannot supersede itself.');
      return world.command('superseded a decision', () => {
        const [old, now] = [decision(oldId), decision(by)];
        const touched = editLine(world, now, (line) => beforeAnchor(line, `supersedes ^${old.anchor}`));
        world.state.decisions.set(old.id, {
          ...decision(old.id),
          status: 'superseded',
          superseded_by: now.id,
        });
        world.state.decisions.set(now.id, { ...decision(now.id), supersedes: old.id });
        return { answer: decision(old.id), touched: [...touched, { kind: 'item', id: old.id }] };
      });
    },
    async questions(open) {
      return [...world.state.questions.values()]
        .filter((one) => (!open || one.status === 'open') && inLens(world, one.meeting_id))
        .sort((a, b) => (b.meeting_date ?? '').localeCompare(a.meeting_date ?? ''));
    },
    async trace(id) {
      const { actions, decisions, questions, meetings } = world.state;
      const [a, d, q] = [actions.get(id), decisions.get(id), questions.get(id)];
      const item: Item | null = a
        ? { kind: 'action', ...fresh(world, a) }
        : d
          ? { kind: 'decision', ...d }
          : q
            ? { kind: 'question', ...q }
            : null;
      if (!item) throw failure('not_found', 'There is no such item.');
      const raised = meetings.get(item.meeting_id ?? '');
      const later = [...meetings.values()].filter(
        (one) =>
          raised?.series_id !== null &&
          one.series_id === raised?.series_id &&
          one.held &&
          one.start > (raised?.start ?? '') &&
          attends(one, world.me?.id ?? ''),
      );
      const steps = [raised, ...later].flatMap((one) =>
        one ? [{ kind: 'meeting', id: one.id, title: one.title, date: one.start.slice(0, 10) }] : [],
      );
      const blockers = a ? a.blocked_by.flatMap((other) => actions.get(other) ?? []) : [];
      const blocks = [...actions.values()].filter((other) => other.blocked_by.includes(id));
      return {
        item,
        steps,
        blocks: blocks.map((one) => step(one, 'action')),
        blocked_by: blockers.map((one) => step(one, 'action')),
      };
    },
  };
}
