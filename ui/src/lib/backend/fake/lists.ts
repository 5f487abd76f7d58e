import { Matcher } from '$lib/domain/match';
import { topicsOf } from '$lib/domain/narrowings';
import type { Backend } from '../backend';
import type { Decision, DecisionsAsk, PeopleAsk, PersonRow, Question, QuestionsAsk } from '../types';
import { byMonth, byTopic, candidates, places, revisitDue } from './decision-groups';
import type { Whole } from './items';
import { need, type World } from './world';

type Lists = Pick<
  Backend,
  | 'decisionsStretch'
  | 'decisionsPlaces'
  | 'decisionOffers'
  | 'questionsStretch'
  | 'questionsPlaces'
  | 'peopleStretch'
  | 'peoplePlaces'
  | 'peopleNames'
>;

interface Group<T> {
  key: string;
  title: string;
  items: T[];
}

const decisionText = new Matcher<Decision>((decision) =>
  [
    decision.text,
    decision.rationale ?? '',
    ...decision.decided_by.map(({ name }) => name),
    ...decision.topics.map((topic) => `#${topic}`),
    decision.meeting_title ?? '',
  ].join(' '),
);
const questionText = new Matcher<Question>((question) =>
  [
    question.text,
    question.asked_by?.name ?? '',
    ...question.topics.map((topic) => `#${topic}`),
    question.meeting_title ?? '',
  ].join(' '),
);
const personText = new Matcher<PersonRow>(
  (person) =>
    `${person.name} ${person.handle} ${person.organization ?? ''} ${person.emails.join(' ')} ${person.aliases.join(' ')}`,
);

/** Long lists of decisions, questions and people, a stretch at a time. */
export function lists(world: World, whole: Omit<Whole, 'actions'> & Pick<Backend, 'people'>): Lists {
  function cut<T extends { id: string }>(groups: Group<T>[], from: number, limit: number, find: string[]) {
    const rows = groups.flatMap(({ items }) => items);
    const first = Math.min(from, Math.max(0, rows.length - limit));
    return {
      seq: world.seq,
      total: rows.length,
      groups: groups.map(({ key, title, items }) => ({ key, title, count: items.length })),
      from: first,
      rows: rows.slice(first, first + limit),
      found: placesOf(groups).filter(({ id }) => find.includes(id)),
    };
  }
  const placesOf = <T extends { id: string }>(groups: Group<T>[]) =>
    groups.flatMap(({ items }) => items).map(({ id }, at) => ({ id, at }));

  async function decisions({ show = 'holds', words = '', ...narrow }: DecisionsAsk) {
    const { as_of } = narrow;
    // What was to be looked at again after that day was not late on it.
    const all = (await whole.decisions(narrow)).map((one) =>
      as_of ? { ...one, revisit: one.revisit && one.revisit > as_of ? null : one.revisit } : one,
    );
    const found = decisionText.filter(all, words);
    const shown = show === 'holds' && !as_of ? found.filter(({ status }) => status === 'holds') : found;
    const groups = show === 'log' ? byMonth(shown, world.today) : byTopic(shown, narrow.topic ?? null);
    const counts = {
      hold: found.filter(({ status }) => status === 'holds').length,
      superseded: found.filter(({ status }) => status === 'superseded').length,
      proposed: found.filter(({ status }) => status === 'proposed').length,
      revisit: found.filter((decision) => revisitDue(decision, world.today)).length,
    };
    return { groups, topics: topicsOf(all), counts };
  }

  async function questions({ topic, person, organization, words = '' }: QuestionsAsk) {
    const of = (one: Question) => world.state.meetings.get(one.meeting_id ?? '')?.attendees ?? [];
    const asked = (await whole.questions(false)).filter(
      (one) =>
        (!topic || one.topics.some((own) => own === topic || own.startsWith(`${topic}/`))) &&
        (!person ||
          one.asked_by?.person_id === person ||
          of(one).some(({ person_id }) => person_id === person)) &&
        (!organization ||
          of(one).some(
            ({ person_id }) => world.state.people.get(person_id)?.organization_id === organization,
          )),
    );
    const found = questionText.filter(asked, words);
    const date = (question: Question) => question.meeting_date ?? '';
    const order = (a: Question, b: Question) => date(b).localeCompare(date(a)) || a.id.localeCompare(b.id);
    const groups = (['open', 'answered'] as const).map((key) => ({
      key,
      title: key === 'open' ? 'Open' : 'Answered',
      items: found.filter(({ status }) => status === key).sort(order),
    }));
    return { groups: groups.filter(({ items }) => items.length > 0), topics: topicsOf(asked) };
  }

  async function people({ relation, words = '' }: PeopleAsk) {
    const all = await whole.people();
    const items = personText
      .filter(all, words)
      .filter((one) => !relation || (!one.is_me && one.relation === relation))
      .sort(
        (a, b) =>
          Number(a.is_me) - Number(b.is_me) ||
          (b.last_meeting ?? '').localeCompare(a.last_meeting ?? '') ||
          a.name.localeCompare(b.name),
      );
    return {
      groups: [{ key: 'people', title: '', items }],
      others: all.filter(({ is_me }) => !is_me).length,
    };
  }

  return {
    async decisionsStretch(ask, from, limit, find) {
      const { groups, topics, counts } = await decisions(ask);
      const stretch = cut(groups, from, limit, find);
      const chain = places([...world.state.decisions.values()]);
      const rows = stretch.rows.map((one) => ({ ...one, place: chain.get(one.id) ?? 1 }));
      return { ...stretch, rows, topics, counts };
    },
    decisionsPlaces: async (ask, from, to) => placesOf((await decisions(ask)).groups).slice(from, to),
    async decisionOffers(id, way, words, limit) {
      const decision = need(world.state.decisions, id, 'decision');
      const found = decisionText.filter(candidates(decision, await whole.decisions({}), way), words);
      return { decisions: found.slice(0, limit), total: found.length };
    },
    async questionsStretch(ask, from, limit, find) {
      const { groups, topics } = await questions(ask);
      return { ...cut(groups, from, limit, find), topics };
    },
    questionsPlaces: async (ask, from, to) => placesOf((await questions(ask)).groups).slice(from, to),
    async peopleStretch(ask, from, limit, find) {
      const { groups, others } = await people(ask);
      return { ...cut(groups, from, limit, find), others };
    },
    peoplePlaces: async (ask, from, to) => placesOf((await people(ask)).groups).slice(from, to),
    peopleNames: async () => (await whole.people()).map(({ id, name }) => ({ id, name })),
  };
}
