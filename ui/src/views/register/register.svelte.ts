import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Day, Failure, Register, RegisterAsk, RegisterCheck, RegisterEntry } from '$lib/backend/types';
import { complain, live, say } from '$lib/app';
import { size } from '$lib/format';

export type Format = 'markdown' | 'csv' | 'html';

const endings: Record<Format, string> = { markdown: 'md', csv: 'csv', html: 'html' };

/** The register of one organization: what goes into it, and what is done with it. */
export class ClientRegister {
  from = $state<Day | null>(null);
  to = $state<Day | null>(null);
  rationale = $state(false);
  check = $state.raw<RegisterCheck | null>(null);
  checked = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #id: () => string;

  readonly ask = $derived<RegisterAsk>({
    ...(this.from && { from: this.from }),
    ...(this.to && { to: this.to }),
    rationale: this.rationale,
  });
  readonly made = live(
    () => backend().register(this.#id(), this.ask),
    ['item', 'note', 'meeting', 'person', 'organization'],
  );

  constructor(id: () => string) {
    this.#id = id;
  }

  /** The flags by name, and in which entries each stands. */
  readonly strangers = $derived(byName(this.made.value?.third_parties ?? []));

  async write(format: Format): Promise<void> {
    const made = this.made.value;
    if (!made) return;
    try {
      const path = await backend().pickSave(`Register for ${made.organization}`, fileName(made, format));
      if (path === null) return;
      const written = await backend().registerWrite(made.organization_id, this.ask, format, path);
      say(`Written to ${written.path}, ${size(written.bytes)}.`);
    } catch (thrown) {
      complain(thrown);
    }
  }

  /** Holds a file written earlier against the vault. */
  async verify(): Promise<void> {
    this.failure = null;
    try {
      const path = await backend().pickFile('A register written earlier', Object.values(endings));
      if (path === null) return;
      this.check = null;
      this.check = await backend().registerVerify(path);
      this.checked = path.split(/[/\\]/).pop() ?? path;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }
}

/** `acme-register-2026-11-19.md`. */
export function fileName(made: Register, format: Format): string {
  const name = made.organization.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${name}-register-${made.generated_at.slice(0, 10)}.${endings[format]}`;
}

/** Names that are neither side's, each with the entries it stands in, the most frequent first. */
export function byName(
  flags: Register['third_parties'],
): { name: string; places: { entry: string; where: string }[] }[] {
  const found = new Map<string, { entry: string; where: string }[]>();
  for (const { name, entry, where } of flags) found.set(name, [...(found.get(name) ?? []), { entry, where }]);
  return [...found]
    .map(([name, places]) => ({ name, places }))
    .sort((a, b) => b.places.length - a.places.length || a.name.localeCompare(b.name));
}

/** "3 decisions and 2 commitments". */
export function contents(entries: RegisterEntry[]): string {
  const decisions = entries.filter(({ kind }) => kind === 'decision').length;
  const commitments = entries.length - decisions;
  const word = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `${word(decisions, 'decision')} and ${word(commitments, 'commitment')}`;
}

/** Prints the page, on light paper whatever the theme. */
export function print(): void {
  const root = document.documentElement;
  const theme = root.dataset.theme ?? 'light';
  root.dataset.theme = 'light';
  window.addEventListener('afterprint', () => (root.dataset.theme = theme), { once: true });
  window.print();
}
