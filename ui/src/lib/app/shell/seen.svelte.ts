/* What was told and put away while the window is open: of each kind, what it said then. It is told again once it says
   something else. */
class Seen {
  #last = $state.raw<Record<string, string>>({});

  has(kind: string, said: string): boolean {
    return this.#last[kind] === said;
  }

  put(kind: string, said: string): void {
    this.#last = { ...this.#last, [kind]: said };
  }

  clear(): void {
    this.#last = {};
  }
}

export const seen = new Seen();
