import { ChangeSet, type Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import { place } from '../place';
import { textOf } from '../text/endings';
import { rangesOf, setTold, told } from './told';

/** After so long a pause Rust is asked what the text says. */
export const readAfter = 150;
/** The longest pause it waits for, where a text takes long to read. */
export const longestWait = 1_500;
/** It waits so many times as long as the last reading took: reading a very long text leaves room for typing it. */
const patience = 4;

class Reading {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private since: ChangeSet | null = null;
  /** How long the last reading took, in milliseconds. */
  private took = 0;

  constructor(private readonly view: EditorView) {
    this.timer = setTimeout(() => void this.read(), 0);
  }

  update(update: ViewUpdate): void {
    if (!update.docChanged) return;
    this.since = this.since?.compose(update.changes) ?? null;
    clearTimeout(this.timer);
    const wait = Math.min(longestWait, Math.max(readAfter, patience * this.took));
    this.timer = setTimeout(() => void this.read(), wait);
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
    const began = performance.now();
    const { doc } = this.view.state;
    const text = textOf(this.view.state);
    this.since = ChangeSet.empty(doc.length);
    const marks = await read(text).catch(() => null);
    if (asked !== this.asked || !marks) return;
    const since = this.since && !this.since.empty ? this.since : null;
    this.view.dispatch({ effects: setTold.of(rangesOf(marks, text, doc, since)) });
    this.took = performance.now() - began;
  }
}

/** Keeps what Rust tells of the text up to date. */
export function reading(): Extension {
  return [told, ViewPlugin.fromClass(Reading)];
}
