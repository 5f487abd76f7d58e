import { syntaxTree } from '@codemirror/language';
import type { EditorState, Range } from '@codemirror/state';
import { Decoration } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import { place } from '../place';
import { Picture, Words } from './widgets';

/** What lines stand on: code, a table, a heading. */
export interface Ground {
  /** By where the line begins. */
  lines: Map<number, 'code' | 'table' | 'heading' | 'rule' | 'html'>;
  tables: { from: number; to: number }[];
}

export const hidden = Decoration.replace({});
const line = (style: string) => Decoration.line({ class: style });
const headings: Record<string, Decoration> = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].map((level) => [`ATXHeading${level}`, line(`note-heading note-h${level}`)]),
);
const code = line('note-code');
const codeEdge = line('note-code note-code-edge');
const html = line('note-html');
const quote = line('note-quote');
const rule = line('note-rule');
const link = (url: string) =>
  Decoration.mark({ class: 'note-link', attributes: { title: url, 'data-url': url } });

/** Draws what Markdown says between two places, and tells what the lines stand on. */
export function drawSyntax(
  state: EditorState,
  from: number,
  to: number,
  active: Set<number>,
  out: Range<Decoration>[],
): Ground {
  const ground: Ground = { lines: new Map(), tables: [] };
  const { doc } = state;
  const isActive = (at: number) => active.has(doc.lineAt(at).number);
  const hide = (start: number, end: number) => {
    if (end > start && !isActive(start)) out.push(hidden.range(start, end));
  };
  const eachLine = (node: { from: number; to: number }, visit: (at: number, text: string) => void) => {
    for (let at = Math.max(node.from, doc.lineAt(from).from); at <= Math.min(node.to, to);) {
      const { from: start, to: end, text } = doc.lineAt(at);
      visit(start, text);
      at = end + 1;
    }
  };

  syntaxTree(state).iterate({
    from,
    to,
    enter(ref) {
      const { name, from: start, to: end } = ref;
      const heading = headings[name];
      if (heading) {
        const at = doc.lineAt(start).from;
        out.push(heading.range(at));
        ground.lines.set(at, 'heading');
        return true;
      }
      switch (name) {
        case 'HeaderMark': {
          if (!ref.node.parent?.name.startsWith('ATX')) return false;
          const text = doc.lineAt(start);
          const blanks = /^[ \t]*/.exec(text.text.slice(end - text.from))?.[0].length ?? 0;
          const opens = start === ref.node.parent.from;
          const before = opens ? 0 : (/[ \t]*$/.exec(text.text.slice(0, start - text.from))?.[0].length ?? 0);
          hide(start - before, opens ? end + blanks : end);
          return false;
        }
        case 'FencedCode':
        case 'CodeBlock':
          eachLine(ref, (at) => {
            const edge =
              name === 'FencedCode' && (at === doc.lineAt(start).from || at === doc.lineAt(end).from);
            out.push((edge ? codeEdge : code).range(at));
            ground.lines.set(at, 'code');
          });
          return false;
        case 'HTMLBlock':
        case 'CommentBlock':
        case 'ProcessingInstructionBlock':
          eachLine(ref, (at) => {
            out.push(html.range(at));
            ground.lines.set(at, 'html');
          });
          return false;
        case 'HorizontalRule':
          ground.lines.set(doc.lineAt(start).from, 'rule');
          if (!isActive(start)) {
            out.push(rule.range(doc.lineAt(start).from), hidden.range(start, end));
          }
          return false;
        case 'Table':
          ground.tables.push({ from: start, to: end });
          eachLine(ref, (at) => ground.lines.set(at, 'table'));
          return true;
        case 'Blockquote':
          eachLine(ref, (at) => out.push(quote.range(at)));
          return true;
        case 'QuoteMark':
          hide(start, doc.sliceString(end, end + 1) === ' ' ? end + 1 : end);
          return false;
        case 'EmphasisMark':
        case 'StrikethroughMark':
        case 'CodeMark':
          hide(start, end);
          return false;
        case 'Escape':
          hide(start, start + 1);
          return false;
        case 'Link':
          return drawLink(state, ref.node, hide, out);
        case 'Autolink':
          hide(start, start + 1);
          hide(end - 1, end);
          return true;
        case 'URL':
          out.push(link(target(doc.sliceString(start, end))).range(start, end));
          return false;
        case 'Image':
          drawImage(state, ref.node, isActive(start), out);
          return false;
        default:
          return true;
      }
    },
  });
  return ground;
}

/** `[text](url)` as its text. A link that leads nowhere keeps its brackets. */
function drawLink(
  state: EditorState,
  node: SyntaxNode,
  hide: (from: number, to: number) => void,
  out: Range<Decoration>[],
): boolean {
  const marks = node.getChildren('LinkMark');
  const url = node.getChild('URL');
  const label = node.getChild('LinkLabel');
  const [open, close] = marks;
  if (!open || !close || !(url || label)) return true;
  const to = url ? state.doc.sliceString(url.from, url.to) : '';
  if (close.from > open.to) out.push(link(target(to)).range(open.to, close.from));
  hide(open.from, open.to);
  hide(close.from, node.to);
  return false;
}

function drawImage(state: EditorState, node: SyntaxNode, active: boolean, out: Range<Decoration>[]): void {
  const marks = node.getChildren('LinkMark');
  const url = node.getChild('URL');
  if (!url || !marks[0] || !marks[1]) return;
  const path = state.doc.sliceString(url.from, url.to).replace(/^<|>$/g, '');
  const alt = state.doc.sliceString(marks[0].to, marks[1].from);
  // Nothing is loaded from outside the vault.
  const isOurs = /^attachments\//.test(path) && !path.includes('..');
  const widget = isOurs
    ? new Picture(state.facet(place).attachmentUrl(path), alt)
    : new Words(alt || path, 'note-chip note-elsewhere', path);
  if (!active) out.push(Decoration.replace({ widget }).range(node.from, node.to));
  else if (isOurs) out.push(Decoration.widget({ widget, side: 1 }).range(node.to));
}

function target(url: string): string {
  const bare = url.replace(/^<|>$/g, '');
  if (/^www\./i.test(bare)) return `https://${bare}`;
  return /^[^\s@:/]+@[^\s@]+$/.test(bare) ? `mailto:${bare}` : bare;
}

/** Where the link at a place leads; null where there is none. */
export function linkAt(state: EditorState, at: number): string | null {
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(at, 0); node; node = node.parent) {
    const url =
      node.name === 'URL'
        ? node
        : node.name === 'Link' || node.name === 'Autolink'
          ? node.getChild('URL')
          : null;
    if (url) return target(state.doc.sliceString(url.from, url.to));
  }
  return null;
}
