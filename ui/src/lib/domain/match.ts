/** Text as it is compared: without case and accents, so that "lea" finds "Léa". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Which of many things hold every word typed, anywhere and in any order. What a thing says is read once and remembered as
 * long as the thing lives, so that sixty thousand rows are filtered between two keystrokes.
 */
export class Matcher<T extends object> {
  readonly #told = new WeakMap<T, string>();
  readonly #tell: (thing: T) => string;

  constructor(tell: (thing: T) => string) {
    this.#tell = tell;
  }

  /** The things that match, in their order; the very same array where nothing was typed. */
  filter(things: T[], typed: string): T[] {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    if (words.length === 0) return things;
    return things.filter((thing) => {
      const said = this.#said(thing);
      return words.every((word) => said.includes(word));
    });
  }

  #said(thing: T): string {
    const known = this.#told.get(thing);
    if (known !== undefined) return known;
    const said = fold(this.#tell(thing));
    this.#told.set(thing, said);
    return said;
  }
}
