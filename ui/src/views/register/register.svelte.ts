import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Day, Failure, Register, RegisterAsk, RegisterCheck } from '$lib/backend/types';
import { complain, live, say } from '$lib/app';
import { size } from '$lib/format';
import { byName } from './flags';

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

/** Prints the page, on light paper whatever the theme. */
export function print(): void {
  const root = document.documentElement;
  const theme = root.dataset.theme ?? 'light';
  root.dataset.theme = 'light';
  window.addEventListener('afterprint', () => (root.dataset.theme = theme), { once: true });
  window.print();
}
