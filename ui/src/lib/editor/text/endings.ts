import { EditorState, RangeSet, RangeValue, StateEffect, StateField, type Text } from '@codemirror/state';
import { invertedEffects } from '@codemirror/commands';

/** How a line may end (CommonMark §2.1). */
export type Ending = '\n' | '\r\n' | '\r';

/** A text as CodeMirror holds it, every line ended by LF, and what its line endings really are. */
export interface Shape {
  doc: string;
  /** The commonest ending; a new line gets it. */
  main: Ending;
  /** The lines that end otherwise: where their ending stands in `doc`. */
  odd: { at: number; ending: Ending }[];
}

/** Reads a text so that `textOf` gives it back byte for byte. */
export function shapeOf(text: string): Shape {
  if (!text.includes('\r')) return { doc: text, main: '\n', odd: [] };
  const endings: { at: number; ending: Ending }[] = [];
  let removed = 0;
  const doc = text.replace(/\r\n?|\n/g, (ending, at: number) => {
    endings.push({ at: at - removed, ending: ending as Ending });
    removed += ending.length - 1;
    return '\n';
  });
  const count = (wanted: Ending) => endings.filter(({ ending }) => ending === wanted).length;
  const main = (['\n', '\r\n', '\r'] as const).reduce((best, one) => (count(one) > count(best) ? one : best));
  return { doc, main, odd: endings.filter(({ ending }) => ending !== main) };
}

class OddEnding extends RangeValue {
  override startSide = 1;
  override endSide = -1;
  constructor(readonly ending: Ending) {
    super();
  }
  override eq(other: RangeValue): boolean {
    return other instanceof OddEnding && other.ending === this.ending;
  }
}

interface Endings {
  main: Ending;
  odd: RangeSet<OddEnding>;
}

/** Says anew how the lines end: for a text that came from outside. */
export const setEndings = StateEffect.define<Pick<Shape, 'main' | 'odd'>>();
const putBack = StateEffect.define<{ at: number; ending: Ending }>({
  map: ({ at, ending }, changes) => ({ at: changes.mapPos(at, 1), ending }),
});

const field = StateField.define<Endings>({
  create: () => ({ main: '\n', odd: RangeSet.empty }),
  update(endings, tr) {
    let { main, odd } = endings;
    if (tr.docChanged && odd.size > 0) odd = odd.map(tr.changes);
    for (const effect of tr.effects) {
      if (effect.is(setEndings)) ({ main, odd } = endingsOf(effect.value));
      if (effect.is(putBack))
        odd = odd.update({
          add: [new OddEnding(effect.value.ending).range(effect.value.at, effect.value.at + 1)],
        });
    }
    return main === endings.main && odd === endings.odd ? endings : { main, odd };
  },
});

function endingsOf({ main, odd }: Pick<Shape, 'main' | 'odd'>): Endings {
  return { main, odd: RangeSet.of(odd.map(({ at, ending }) => new OddEnding(ending).range(at, at + 1))) };
}

/** Keeps a text's line endings through every change; an odd one that is deleted comes back with undo. */
export function lineEndings(shape: Pick<Shape, 'main' | 'odd'>) {
  return [
    field.init(() => endingsOf(shape)),
    invertedEffects.of((tr) => {
      const { odd } = tr.startState.field(field);
      if (!tr.docChanged || odd.size === 0) return [];
      const lost: StateEffect<unknown>[] = [];
      tr.changes.iterChanges((fromA, toA) => {
        odd.between(fromA, toA, (at, to, { ending }) => {
          if (at >= fromA && to <= toA) lost.push(putBack.of({ at, ending }));
        });
      });
      return lost;
    }),
  ];
}

/** The text of an editor, with the endings it has. */
export function textOf(state: EditorState, doc: Text = state.doc): string {
  const endings = state.field(field, false);
  if (!endings || (endings.main === '\n' && endings.odd.size === 0)) return doc.toString();
  const odd = endings.odd.iter();
  let text = '';
  let at = 0;
  for (const line of doc.iterLines()) {
    if (at > 0) {
      while (odd.value && odd.from < at - 1) odd.next();
      text += odd.value && odd.from === at - 1 ? odd.value.ending : endings.main;
    }
    text += line;
    at += line.length + 1;
  }
  return text;
}
