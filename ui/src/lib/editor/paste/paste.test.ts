import { EditorView } from '@codemirror/view';
import { describe, expect, it, vi } from 'vitest';
import { open, shown } from '../testing';
import type { Place } from '../place';

interface Held {
  types?: string[];
  text?: string;
  html?: string;
  files?: File[];
}

/** Pastes what a clipboard holds, as the webview hands it over. */
async function paste(
  marked: string,
  { types, text = '', html = '', files = [] }: Held,
  here: Partial<Place> = {},
) {
  const view = new EditorView({ state: open(marked, here), parent: document.body });
  const event = new Event('paste', { bubbles: true, cancelable: true });
  const named =
    types ?? [text && 'text/plain', html && 'text/html', files.length > 0 && 'Files'].filter(Boolean);
  const getData = (type: string) => (type === 'text/html' ? html : type === 'text/plain' ? text : '');
  Object.defineProperty(event, 'clipboardData', { value: { types: named, files, getData } });
  view.contentDOM.dispatchEvent(event);
  await vi.waitFor(() => expect(event.defaultPrevented).toBe(true));
  await new Promise((done) => setTimeout(done, 20));
  const now = shown(view.state);
  view.destroy();
  return now;
}

describe('pasting', () => {
  it('a picture that the page is told nothing of takes it from the system', async () => {
    const attachmentPaste = vi.fn(async () => 'attachments/picture.png');
    expect(await paste('see |here', { types: [] }, { attachmentPaste })).toBe(
      'see ![picture](attachments/picture.png)|here',
    );
    expect(attachmentPaste).toHaveBeenCalledOnce();
  });

  it('nothing leaves the text as it is', async () => {
    expect(await paste('see |here', { types: [] }, { attachmentPaste: async () => null })).toBe('see |here');
  });

  it('a picture that cannot be stored is complained of', async () => {
    const complain = vi.fn();
    const attachmentPaste = () => Promise.reject(new Error('full'));
    expect(await paste('see |', { types: [] }, { attachmentPaste, complain })).toBe('see |');
    expect(complain).toHaveBeenCalledOnce();
  });

  it('a file becomes an attachment', async () => {
    const file = new File([new Uint8Array([1])], 'plan.png', { type: 'image/png' });
    expect(await paste('|', { files: [file] })).toBe('![plan.png](attachments/plan.png)|');
  });

  it('rich text becomes Markdown', async () => {
    expect(await paste('|', { text: 'bold', html: '<b>bold</b>' })).toBe('**bold**|');
  });
});

describe('a list pasted behind the bullet that Enter has put there', () => {
  it.each([
    ['- one\n- |', '- x\n- y', '- one\n- x\n- y|'],
    ['- one\n  - |', '- x\n  - y\n- z\n', '- one\n  - x\n    - y\n  - z|'],
    ['- [ ] |', '1. x\n2. y', '1. x\n2. y|'],
  ])('%j takes %j in its place', async (before, text, after) => {
    expect(await paste(before, { text })).toBe(after);
  });

  it('of HTML as well', async () => {
    const html = '<ul><li>x</li><li>y</li></ul>';
    expect(await paste('- one\n- |', { text: 'x\ny', html })).toBe('- one\n- x\n- y|');
  });
});
