import { clock, complain, session } from '$lib/app';
import { backend } from '$lib/backend';
import type { Mark } from '$lib/backend/types';
import type { Place } from './place';

/** The program as an editor sees it. */
export function worldOf(meeting: string | null, read: ((text: string) => Promise<Mark[]>) | null): Place {
  return {
    read,
    complete: (kind, query) => backend().complete(kind, query, meeting),
    personNew: (name) => backend().personNew(name),
    attachmentUrl: (path) => backend().attachmentUrl(path),
    attachmentAdd: (name, bytes) => backend().attachmentAdd(name, bytes),
    attachmentPaste: () => backend().attachmentPaste(),
    openUrl: (url) => void backend().openUrl(url).catch(complain),
    discreet: () => session.discreet,
    today: () => clock.today,
    complain,
  };
}
