import { Facet } from '@codemirror/state';
import type { Completion, Day, Failure, Mark } from '$lib/backend/types';

/** What an editor asks of the world around it. Everything may be slow or fail. */
export interface Place {
  /** How Rust reads the text; null where nothing does. */
  read: ((text: string) => Promise<Mark[]>) | null;
  complete(kind: 'person' | 'topic' | 'item' | 'template', query: string): Promise<Completion[]>;
  personNew(name: string): Promise<Completion>;
  attachmentUrl(path: string): string;
  attachmentAdd(name: string, bytes: Uint8Array): Promise<string>;
  /** The picture on the system's clipboard, where the page was handed none. */
  attachmentPaste(): Promise<string | null>;
  openUrl(url: string): void;
  /** Others see the screen: only what has to do with this note is offered. */
  discreet(): boolean;
  today(): Day;
  complain(failure: Failure | unknown): void;
}

const nowhere: Place = {
  read: null,
  complete: async () => [],
  personNew: async (name) => ({
    label: name,
    detail: null,
    insert: `@${name}`,
    person_id: null,
    group: 'new',
  }),
  attachmentUrl: (path) => path,
  attachmentAdd: async (name) => `attachments/${name}`,
  attachmentPaste: async () => null,
  openUrl: () => undefined,
  discreet: () => false,
  today: () => '1970-01-01',
  complain: () => undefined,
};

export const place = Facet.define<Place, Place>({ combine: ([first]) => first ?? nowhere });
