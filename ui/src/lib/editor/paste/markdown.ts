import TurndownService from 'turndown';
import { asHtmlMeans } from './office';

/** What says nothing in a note, or might do something. */
const dropped =
  'script, style, link, meta, base, title, iframe, object, embed, template, noscript, svg, canvas, video, audio, form > button, head';
/** Without any of these a paste is plain text in disguise, as from a code editor. */
const structure =
  'a[href], strong, b, em, i, ul, ol, h1, h2, h3, h4, h5, h6, table, blockquote, pre, code, img, del, s, strike, hr, input[type=checkbox]';

/**
 * Rich text as Markdown with GFM's tables, task lists and strikethrough; null where the text has no structure to keep. The HTML
 * is read in a document of its own, in which nothing runs or loads.
 */
export function markdownOf(html: string): string | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll(dropped)) element.remove();
  clean(page.body);
  if (!page.body.querySelector(structure)) return null;
  const markdown = service()
    .turndown(page.body)
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+$/gm, '');
  return markdown.trim() === '' ? null : markdown;
}

function clean(body: HTMLElement): void {
  for (const link of body.querySelectorAll('a')) {
    if (!/^(?:https?|mailto|tel):/i.test(link.getAttribute('href')?.trim() ?? ''))
      link.removeAttribute('href');
  }
  for (const image of body.querySelectorAll('img')) {
    const source = image.getAttribute('src')?.trim() ?? '';
    // A picture from elsewhere stays as a link that one may open; one inside the HTML has no place in a text.
    if (/^https?:/i.test(source)) {
      const link = body.ownerDocument.createElement('a');
      link.setAttribute('href', source);
      link.textContent = image.alt || 'picture';
      image.replaceWith(link);
    } else image.remove();
  }
  // Google Docs wraps all it copies in one bold element that is not bold.
  for (const bold of body.querySelectorAll<HTMLElement>('b, strong')) {
    if (/normal|[1-4]00/.test(bold.style.fontWeight)) bold.replaceWith(...bold.childNodes);
  }
  asHtmlMeans(body);
}

let made: TurndownService | null = null;

function service(): TurndownService {
  if (made) return made;
  const turndown = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '_',
    hr: '---',
  });
  const escape = turndown.escape.bind(turndown);
  // Underscores within words and brackets around words are no Markdown.
  turndown.escape = (text) =>
    escape(text)
      .replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, '_')
      .replace(/\\([[\]])(?!\()/g, '$1');
  turndown.addRule('strikethrough', {
    filter: ['del', 's'],
    replacement: (content) => (content.trim() ? `~~${content}~~` : ''),
  });
  turndown.addRule('box', {
    filter: (node) => node.nodeName === 'INPUT' && node.getAttribute('type') === 'checkbox',
    replacement: (_, node) => ((node as HTMLInputElement).hasAttribute('checked') ? '[x] ' : '[ ] '),
  });
  turndown.addRule('item', {
    filter: 'li',
    replacement(content, node, options) {
      const list = node.parentNode as HTMLElement | null;
      const start = Number(list?.getAttribute?.('start') ?? 1);
      const nth = list ? [...list.children].indexOf(node as HTMLElement) : 0;
      const sign = list?.nodeName === 'OL' ? `${start + nth}.` : (options.bulletListMarker ?? '-');
      const said = content
        .trim()
        .replace(/\n{2,}/g, '\n')
        .replace(/\n/g, `\n${' '.repeat(sign.length + 1)}`);
      return `${sign} ${said.replace(/^\[([ x])\]\s+/, '[$1] ')}${node.nextSibling ? '\n' : ''}`;
    },
  });
  turndown.addRule('table', {
    filter: 'table',
    replacement: (_, node) => `\n\n${tableOf(node as HTMLTableElement, turndown)}\n\n`,
  });
  made = turndown;
  return turndown;
}

function tableOf(table: HTMLTableElement, turndown: TurndownService): string {
  const rows = [...table.querySelectorAll('tr')]
    .filter((row) => row.closest('table') === table)
    .map((row) =>
      [...row.querySelectorAll(':scope > th, :scope > td')].map((cell) =>
        cellText(cell as HTMLElement, turndown),
      ),
    );
  const width = Math.max(...rows.map((row) => row.length), 0);
  if (width === 0) return '';
  // A table of one cell is only a frame around a text.
  if (rows.length === 1 && width === 1) return rows[0]?.[0] ?? '';
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, nth) => cells[nth] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(Array.from({ length: width }, () => '---')), ...body.map(line)].join('\n');
}

function cellText(cell: HTMLElement, turndown: TurndownService): string {
  return turndown
    .turndown(cell.innerHTML || ' ')
    .replace(/\s*\n+\s*/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|')
    .trim();
}
