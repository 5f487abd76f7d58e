import { ChangeSet, type Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import { place } from '../place';
import { textOf } from '../text/endings';
import { rangesOf, setTold, told } from './told';

/** After so long a pause Rust is asked what the text says. */
export const readAfter = 150;

class Reading {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private since: ChangeSet | null = null;

  constructor(private readonly view: EditorView) {
    this.timer = setTimeout(() => void this.read(), 0);
  }

  update(update: ViewUpdate): void {
    if (!update.docChanged) return;
    this.since = this.since?.compose(update.changes) ?? null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), readAfter);
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.asked += 1;
  }

  /** Only the newest answer counts. A failed one leaves what was known. */
  private async read(): Promise<void> {
    const { read } = this.view.state.facet(place);
    if (!read) return;
    this.asked += 1;
    const { asked } = this;
    const { doc } = this.view.state;
    const text = textOf(this.view.state);
    this.since = ChangeSet.empty(doc.length);
    const marks = await read(text).catch(() => null);
    if (asked !== this.asked || !marks) return;
    const since = this.since && !this.since.empty ? this.since : null;
    this.view.dispatch({ effects: setTold.of(rangesOf(marks, text, doc, since)) });
  }
}

/** Keeps what Rust tells of the text up to date. */
export function reading(): Extension {
  return [told, ViewPlugin.fromClass(Reading)];
}
