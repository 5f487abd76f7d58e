const PLACE = 'throughline.seen';

/* What was told and put away on this computer: of each kind, what it said then. It is told again once it says something else.
   Nothing of a vault is lost with it, so that the page keeps it and no vault does. */
class Seen {
  #last = $state.raw<Record<string, string>>(read());

  has(kind: string, said: string): boolean {
    return this.#last[kind] === said;
  }

  put(kind: string, said: string): void {
    this.#last = { ...this.#last, [kind]: said };
    try {
      localStorage.setItem(PLACE, JSON.stringify(this.#last));
    } catch {
      // Where nothing can be kept, it is put away until the window closes.
    }
  }
}

function read(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, string>) : {};
  } catch {
    return {};
  }
}

export const seen = new Seen();
