import {
  ChangeSet,
  type EditorState,
  type Text,
  type Transaction,
  type TransactionSpec,
} from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { adopt } from '../text/adopt';
import { fromVault } from '../text/anchor-care';
import { anchorOf } from '../text/anchors';
import { clashes, markBoth } from '../text/both';
import { linesBetween } from '../text/difference';
import { setEndings, shapeOf, textOf } from '../text/endings';

/** A text as it was sent to the vault. */
export interface Sent {
  text: string;
  doc: Text;
}

/** The text of an editor, with or without its view: what was typed is there after the view has gone. */
export class Page {
  private view: EditorView | null = null;
  private sent: Text | null = null;
  private since: ChangeSet | null = null;

  constructor(private held: EditorState) {}

  get state(): EditorState {
    return this.view?.state ?? this.held;
  }

  show(view: EditorView): void {
    this.view = view;
  }

  /** The view goes; the text stays. */
  hide(): void {
    if (this.view) this.held = this.view.state;
    this.view = null;
  }

  text(): string {
    return textOf(this.state);
  }

  /** Told of every transaction of the view. */
  saw(tr: Transaction): void {
    if (tr.docChanged && this.since) this.since = this.since.compose(tr.changes);
  }

  /** Takes the text as it is now; what is typed from here on is put on top of what comes back. */
  send(): Sent {
    this.sent = this.state.doc;
    this.since = ChangeSet.empty(this.state.doc.length);
    return { text: this.text(), doc: this.state.doc };
  }

  /**
   * Puts what came back for `sent` in place, under all that was typed meanwhile. No part of the undo history. With the text
   * it was typed into, where another program changed the same lines: there both stand, and are marked.
   */
  receive(sent: Sent, answer: string, clashed: string | null = null): void {
    if (this.sent !== sent.doc || !this.since) throw new Error('Another text was sent since.');
    const spec = answer === sent.text ? null : adopt(this.state, sent.doc, this.since, answer);
    const local = this.since;
    this.sent = null;
    this.since = null;
    if (!spec) return;
    const since = local.compose(this.state.changes(spec.changes));
    this.dispatch(spec);
    if (clashed === null) return;
    const [base, answered] = [shapeOf(clashed).doc, shapeOf(answer).doc];
    this.dispatch({ effects: markBoth.of(clashes(base, sent.doc.toString(), answered, since)) });
  }

  /** Takes the marks off what two wrote at once. */
  unmark(): void {
    this.dispatch({ effects: markBoth.of([]) });
  }

  /** Puts a text in place as one change that undo takes back, anchors and all; the cursor goes to its end. */
  put(text: string): void {
    const { doc, main, odd } = shapeOf(text);
    const change = linesBetween(this.state.doc.toString(), doc);
    const end = change.from + change.insert.length;
    const line = this.state.changes(change).apply(this.state.doc).lineAt(end);
    this.dispatch({
      changes: change,
      selection: { anchor: Math.min(end, line.from + (anchorOf(line.text)?.from ?? line.length)) },
      scrollIntoView: true,
      effects: setEndings.of({ main, odd }),
      annotations: fromVault.of(true),
      userEvent: 'input.recovered',
    });
  }

  private dispatch(spec: TransactionSpec): void {
    if (this.view) {
      this.view.dispatch(spec);
      return;
    }
    const tr = this.held.update(spec);
    this.held = tr.state;
    this.saw(tr);
  }
}
