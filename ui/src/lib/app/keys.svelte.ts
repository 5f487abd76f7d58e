import { onDestroy } from 'svelte';

export interface Binding {
  /** A single key outside text fields: `m`, `[`, `?`. */
  letter?: string;
  /** `Mod+Shift+M`, `F6`, or several; Mod is Ctrl, on macOS Command. Works everywhere, the editor included. */
  chord?: string | string[];
  /** What it does, as the overlay says it: "Open the note". */
  does: string;
  run: (event: KeyboardEvent) => void;
  /** Bound only while this holds. */
  when?: () => boolean;
  /** Works even under an open dialog. */
  always?: boolean;
}

export interface Group {
  name: string;
  bindings: Binding[];
  layer: number;
}

class Keys {
  /** What is bound. A view binds and its forerunner unbinds in one drawing, where signals do not see each other's writes. */
  #bound: Group[] = [];
  /** Later-bound last. */
  groups = $state.raw<readonly Group[]>([]);
  /** The setting "single letters". */
  letters = $state(true);
  /** A text field or the editor has the focus: chords are shown, letters are not taken. */
  typing = $state(false);
  platform = $state<'linux' | 'macos' | 'windows'>('linux');
  /** How many dialogs lie over the window; what lies under them gets no keys. */
  layer = 0;
  /** Whether a field had the focus in each layer as the next came over it. */
  #under = $state.raw<readonly boolean[]>([]);

  /** As `typing`, in that layer: what lies under a dialog goes on showing the keys it showed. */
  typingIn(layer: number): boolean {
    return this.#under[layer] ?? this.typing;
  }

  /** A dialog comes over the window; gives back how it goes. */
  cover(): () => void {
    this.layer += 1;
    this.#under = [...this.#under, this.typing];
    return () => {
      this.layer -= 1;
      this.#under = this.#under.slice(0, -1);
    };
  }

  bind(name: string, bindings: Binding[]): () => void {
    const group = { name, bindings, layer: this.layer };
    this.#set([...this.#bound, group]);
    return () => this.#set(this.#bound.filter((other) => other !== group));
  }

  #set(groups: Group[]): void {
    this.#bound = groups;
    this.groups = groups;
  }

  /** Whether a letter or chord that a group binds is another's at present: what is bound later has it. */
  taken(key: string, group: Group | string): boolean {
    const at = this.groups.findLastIndex((one) => one === group || one.name === group);
    const layer = this.groups[at]?.layer;
    return this.groups
      .slice(at + 1)
      .filter((later) => later.layer === layer)
      .flatMap(({ bindings }) => bindings)
      .some((one) => (one.letter === key || chordsOf(one).includes(key)) && (one.when?.() ?? true));
  }

  /** Runs what the key is bound to; true where something was. */
  press(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    const letter = this.letters && !inField(event.target) && !event.repeat ? letterOf(event) : null;
    for (const group of [...this.#bound].reverse()) {
      for (const binding of group.bindings) {
        if (group.layer < this.layer && !binding.always) continue;
        const hit =
          chordsOf(binding).some((chord) => matches(chord, event, this.platform)) ||
          (letter !== null && binding.letter === letter);
        if (!hit || (binding.when && !binding.when())) continue;
        event.preventDefault();
        binding.run(event);
        return true;
      }
    }
    return false;
  }
}

export const keys = new Keys();

/** Binds keys while the calling component lives. Call it as the component is made; later-bound wins. */
export function bindKeys(group: string, bindings: Binding[]): void {
  onDestroy(keys.bind(group, bindings));
}

/** Takes the keys below a dialog away while the calling component lives. */
export function overKeys(): void {
  onDestroy(keys.cover());
}

/** Listens on the window; gives back how to stop. */
export function listenToKeys(): () => void {
  const press = (event: KeyboardEvent) => void keys.press(event);
  // A focused element that is drawn away tells so in the midst of drawing, where nothing may change.
  const focus = () => queueMicrotask(() => (keys.typing = inField(document.activeElement)));
  window.addEventListener('keydown', press);
  window.addEventListener('focusin', focus);
  window.addEventListener('focusout', focus);
  // WebKit tells nobody when a field goes that had the focus, with the view it was in.
  const gone = new MutationObserver(() => {
    if (keys.typing && !inField(document.activeElement)) focus();
  });
  gone.observe(document.body, { childList: true, subtree: true });
  return () => {
    gone.disconnect();
    window.removeEventListener('keydown', press);
    window.removeEventListener('focusin', focus);
    window.removeEventListener('focusout', focus);
  };
}

export function chordsOf(binding: { chord?: string | string[] }): string[] {
  return typeof binding.chord === 'string' ? [binding.chord] : (binding.chord ?? []);
}

/** The keys of a chord as they are printed: `["Ctrl", "Shift", "M"]`, on macOS `["⇧", "⌘", "M"]`. */
export function keyCaps(chord: string, platform = keys.platform): string[] {
  const arrows = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
  const words: Record<string, string> =
    platform === 'macos'
      ? { ...arrows, Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', Escape: 'esc', PageUp: '⇞', PageDown: '⇟' }
      : { ...arrows, Mod: 'Ctrl', Enter: '↵', Escape: 'Esc', PageUp: 'PgUp', PageDown: 'PgDn' };
  const caps = splitChord(chord).map((part) => words[part] ?? part);
  // macOS writes the modifiers in an order of its own.
  const order = (cap: string) => ('⌥⇧⌘'.includes(cap) ? '⌥⇧⌘'.indexOf(cap) : 9);
  return platform === 'macos' ? caps.sort((a, b) => order(a) - order(b)) : caps;
}

/** Whether keys typed there are text, or belong to an open menu. */
export function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[contenteditable="true"], [role="menu"], [role="listbox"]'))
    return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function splitChord(chord: string): string[] {
  return chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
}

/** The key as a letter; AltGr, which writes `[` on a German keyboard, is no chord. */
function letterOf(event: KeyboardEvent): string | null {
  const altGr = event.getModifierState?.('AltGraph') ?? false;
  if ((event.ctrlKey || event.altKey || event.metaKey) && !altGr) return null;
  const key = keyOf(event);
  if (/^[A-Z]$/.test(key)) return event.shiftKey ? null : key.toLowerCase();
  return key.length === 1 ? key : null;
}

/** The key in upper case; on a keyboard of another script, the Latin letter in its place. */
function keyOf(event: KeyboardEvent): string {
  const latin = /^Key([A-Z])$/.exec(event.code ?? '')?.[1];
  if (latin && !/^[\x20-\x7e]$/.test(event.key) && event.key.length === 1) return latin;
  return event.key.length === 1 ? event.key.toUpperCase() : event.key;
}

function matches(chord: string, event: KeyboardEvent, platform: string): boolean {
  const parts = splitChord(chord);
  const key = parts.pop() ?? '';
  const mod = platform === 'macos' ? event.metaKey : event.ctrlKey;
  const other = platform === 'macos' ? event.ctrlKey : event.metaKey;
  if (other || mod !== parts.includes('Mod') || event.altKey !== parts.includes('Alt')) return false;
  const digit = /^[0-9]$/.test(key);
  // Signs sit on other keys elsewhere: `/` is Shift+7 in German.
  const sign = key.length === 1 && !digit && !/[A-Z]/.test(key);
  if (!sign && event.shiftKey !== parts.includes('Shift')) return false;
  return keyOf(event) === key || (digit && event.code === `Digit${key}`);
}
