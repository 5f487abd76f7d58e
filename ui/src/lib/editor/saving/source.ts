import { ChangeSet, Text } from '@codemirror/state';
import { backend } from '$lib/backend';
import type { Changed, Item, NotePart } from '$lib/backend/types';
import { editsBetween } from '../text/difference';

/** A note's text and its revision in the vault. */
export interface Stored {
  text: string;
  revision: number;
}

/** Where a note comes from and goes to. Each method rejects with a `Failure`. */
export interface NoteSource {
  /** Tells one note from another in this program. */
  key: string;
  /** Sits down; again where the sitting was lost. */
  open(): Promise<Stored & { recovered: string | null }>;
  draft(text: string): Promise<void>;
  save(
    text: string,
    base: Stored,
  ): Promise<Stored & { items: Item[]; warnings: string[]; conflicts: number }>;
  /** What the vault holds now. */
  read(): Promise<Stored>;
  close(): Promise<void>;
  touchedBy(changed: Changed): boolean;
}

/** A part of a meeting's note. */
export function meetingNote(meeting: string, part: NotePart): NoteSource {
  let sitting = '';
  return {
    key: `${meeting}/${part}`,
    async open() {
      const opened = await backend().noteOpen(meeting, part);
      sitting = opened.sitting;
      return { text: opened.note.text, revision: opened.note.revision, recovered: opened.recovered };
    },
    draft: (text) => backend().noteDraft(sitting, text),
    async save(text, base) {
      const { note, items, conflicts } = await backend().noteSave(sitting, text, base.revision);
      return { conflicts, text: note.text, revision: note.revision, items, warnings: note.warnings };
    },
    async read() {
      const { notes } = await backend().meeting(meeting);
      const note = notes.find((one) => one.part === part);
      return { text: note?.text ?? '', revision: note?.revision ?? 0 };
    },
    close: () => backend().noteClose(sitting),
    touchedBy: ({ touched }) =>
      touched.some(({ kind }) => kind === 'note' || kind === 'item' || kind === 'meeting'),
  };
}

/** The running note of a person, with its own sitting like any other note. */
export function personNote(person: string): NoteSource {
  let sitting = '';
  let known: Stored = { text: '', revision: 0 };
  const open = async () => {
    const opened = await backend().noteOpenPerson(person);
    sitting = opened.sitting;
    known = { text: opened.note.text, revision: opened.note.revision };
    return { ...known, recovered: opened.recovered };
  };
  return {
    key: `person/${person}`,
    open,
    draft: (text) => backend().noteDraft(sitting, text),
    async save(text, base) {
      const { note, items, conflicts } = await backend().noteSave(sitting, text, base.revision);
      known = { text: note.text, revision: note.revision };
      return { ...known, conflicts, items, warnings: note.warnings };
    },
    async read() {
      const { note } = await backend().person(person);
      if ((note ?? '') === known.text) return known;
      // Which revision it is, only a sitting tells.
      const before = sitting;
      await open();
      await backend().noteClose(before);
      return known;
    },
    close: () => backend().noteClose(sitting),
    touchedBy: ({ touched }) => touched.some(({ kind }) => kind === 'note' || kind === 'person'),
  };
}

/** Both sides' changes to `base`. */
export function mergeTexts(base: string, ours: string, theirs: string): string {
  const changes = (text: string) => ChangeSet.of(editsBetween(base, text), base.length, '\n');
  const [our, their] = [changes(ours), changes(theirs)];
  return our
    .compose(their.map(our))
    .apply(Text.of(base.split('\n')))
    .toString();
}
