import { attempt, clock, go, live, session } from '$lib/app';
import { backend } from '$lib/backend';
import type { Failure, Item, MeetingDetail, MeetingEdit, NotePart, Scope, Thread } from '$lib/backend/types';
import { instant } from '$lib/format';
import { here } from '$lib/domain/here.svelte';

export const PARTS: { value: NotePart; label: string }[] = [
  { value: 'prep', label: 'Prep' },
  { value: 'notes', label: 'Notes' },
  { value: 'private', label: 'Private' },
];

/** How many earlier meetings the thread shows, and how many more when asked. */
const FIRST = 3;
const MORE = 6;

/** Where in the note to go: a line, 1-based; `n` tells one jump from the next. */
export interface Jump {
  line: number;
  n: number;
}

/** Which thread one last looked at: kept from meeting to meeting. */
let lastScope: Scope = 'occurrence';

/** A meeting, its brief and its thread, and what its note holds as one types. Make it as a component is made. */
export class MeetingState {
  #here = here('meeting');
  #scope = $state<Scope>(lastScope);
  #limit = $state(FIRST);
  #fresh = $state.raw<{ part: NotePart; items: Item[]; over: MeetingDetail | undefined } | null>(null);
  #jumps = $state(0);

  #detail = live(() => backend().meeting(this.id), ['meeting', 'note', 'item', 'person']);
  #brief = live(() => backend().brief(this.id), ['meeting', 'note', 'item', 'person']);
  #thread = live(async (): Promise<Thread | null> => {
    const { id, scope } = this;
    const limit = this.#limit;
    return scope === 'occurrence' ? null : backend().thread(id, scope, limit);
  }, ['meeting', 'note', 'item']);

  get id(): string {
    return this.#here.params.id ?? '';
  }

  get detail(): MeetingDetail | undefined {
    return this.#detail.value?.id === this.id ? this.#detail.value : undefined;
  }

  get failure(): Failure | null {
    return this.#detail.failure;
  }

  reload = (): Promise<void> => this.#detail.reload();

  get brief() {
    return this.#brief.value?.meeting.id === this.id ? this.#brief.value : undefined;
  }

  get briefFailure(): Failure | null {
    return this.#brief.failure;
  }

  reloadBrief = (): Promise<void> => this.#brief.reload();

  get scope(): Scope {
    return this.#scope;
  }

  set scope(scope: Scope) {
    this.#scope = scope;
    this.#limit = FIRST;
    lastScope = scope;
  }

  get thread(): Thread | null {
    const thread = this.#thread.value ?? null;
    return thread?.scope === this.scope ? thread : null;
  }

  get threadFailure(): Failure | null {
    return this.#thread.failure;
  }

  get threadBusy(): boolean {
    return this.#thread.loading;
  }

  reloadThread = (): Promise<void> => this.#thread.reload();

  more(): void {
    this.#limit += MORE;
  }

  get part(): NotePart {
    const part = this.#here.query.part;
    return part === 'prep' || part === 'private' ? part : 'notes';
  }

  /** Shows a part; with `write` the cursor is in it. */
  show(part: NotePart, write = false): void {
    go(`/meeting/${this.id}?part=${part}${write ? '&write=yes' : ''}`, { replace: true });
  }

  /** Where the route, or a click on an outcome, wants one to be. */
  get jump(): Jump | null {
    const line = Number(this.#here.query.line);
    return Number.isInteger(line) && line > 0 ? { line, n: this.#jumps } : null;
  }

  jumpTo(item: Pick<Item, 'note_part' | 'line'>): void {
    this.#jumps += 1;
    go(`/meeting/${this.id}?part=${item.note_part}&line=${item.line}`, { replace: true });
  }

  /** What the editor's last save found in this part; newer than the detail until that is read again. */
  take(part: NotePart, items: Item[]): void {
    const own = items.filter((item) => item.note_part === part);
    this.#fresh = { part, items: own, over: this.#detail.value };
  }

  /** What came of the meeting, in the order of the note; the private part's only while one is in it. */
  readonly outcomes: Item[] = $derived.by(() => {
    const detail = this.detail;
    if (!detail) return [];
    const fresh = this.#fresh && this.#fresh.over === detail ? this.#fresh : null;
    const stored: Item[] = [
      ...detail.actions.map((action) => ({ kind: 'action' as const, ...action })),
      ...detail.decisions.map((decision) => ({ kind: 'decision' as const, ...decision })),
      ...detail.questions.map((question) => ({ kind: 'question' as const, ...question })),
    ];
    const all = fresh ? [...stored.filter((item) => item.note_part !== fresh.part), ...fresh.items] : stored;
    const inPrivate = this.part === 'private';
    if (inPrivate && session.discreet) return [];
    return all
      .filter((item) => (item.note_part === 'private') === inPrivate)
      .sort((a, b) => a.note_part.localeCompare(b.note_part) || a.line - b.line);
  });

  /** It has begun: one can say who is there. */
  get begun(): boolean {
    const start = this.detail?.start;
    if (!start) return false;
    return start.length === 10 ? start <= clock.today : instant(start) <= instant(clock.now);
  }

  get over(): boolean {
    const end = this.detail?.end;
    if (!end) return false;
    return end.length === 10 ? end <= clock.today : instant(end) <= instant(clock.now);
  }

  edit = (edit: MeetingEdit, done?: string): Promise<boolean> => {
    const run = () => backend().meetingEdit(this.id, edit);
    return done === undefined ? attempt(run) : attempt(run, done);
  };
}
