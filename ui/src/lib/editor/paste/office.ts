/** Brings what office programs copy into the form that HTML has for it: lists in lists, emphasis as elements. */
export function asHtmlMeans(body: HTMLElement): void {
  wordLists(body);
  nestedLists(body);
  for (const span of body.querySelectorAll<HTMLElement>('span, font')) emphasize(span);
}

/** A look that stands for an element: Docs, Outlook and Apple's programs write emphasis in no other way. */
function emphasize(span: HTMLElement): void {
  const { fontWeight, fontStyle, textDecoration, textDecorationLine } = span.style;
  const names = [
    /bold|[6-9]00/.test(fontWeight) && !span.closest('h1, h2, h3, h4, h5, h6, th, b, strong') ? 'strong' : '',
    fontStyle === 'italic' && !span.closest('em, i') ? 'em' : '',
    /line-through/.test(`${textDecoration} ${textDecorationLine}`) && !span.closest('del, s') ? 'del' : '',
  ].filter(Boolean);
  for (const name of names) {
    const element = span.ownerDocument.createElement(name);
    element.append(...span.childNodes);
    span.append(element);
  }
}

/** Docs puts a list that belongs to an item beside the item: HTML wants it in it. */
function nestedLists(body: HTMLElement): void {
  for (const inner of body.querySelectorAll<HTMLElement>(':is(ul, ol) > :is(ul, ol)')) {
    const item = inner.previousElementSibling;
    if (item?.nodeName === 'LI') item.append(inner);
  }
  // Each item of theirs is a paragraph, which would set the items apart.
  for (const paragraph of body.querySelectorAll<HTMLElement>('li > p:only-of-type')) {
    paragraph.replaceWith(...paragraph.childNodes);
  }
}

/** Word and Outlook write an item as a paragraph that says its level, with its sign as text. */
function wordLists(body: HTMLElement): void {
  const open: { level: number; list: HTMLElement }[] = [];
  let last: Element | null = null;
  for (const paragraph of [...body.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6')]) {
    const level = levelOf(paragraph);
    if (level === 0) continue;
    if (last === null || !follows(last, paragraph)) open.length = 0;
    const sign = signOf(paragraph);
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    let at = open.at(-1);
    if (!at || at.level < level) {
      const list = body.ownerDocument.createElement(/^(?:\d+|[a-z])[.)]/i.test(sign) ? 'ol' : 'ul');
      const item = at?.list.lastElementChild;
      if (item) item.append(list);
      else paragraph.before(list);
      at = { level, list };
      open.push(at);
    }
    const item = body.ownerDocument.createElement('li');
    item.append(...paragraph.childNodes);
    at.list.append(item);
    paragraph.remove();
    last = open[0]?.list ?? null;
  }
}

/**
 * How deep an item of Word's stands; nought where it is none. WebKit takes away what Word says of it: then its class, how
 * far in it stands, and the sign in front tell.
 */
function levelOf(paragraph: HTMLElement): number {
  const said = /mso-list:[^;]*level(\d)/.exec(paragraph.getAttribute('style') ?? '')?.[1];
  if (said) return Number(said);
  const first = paragraph.firstElementChild;
  if (!/^MsoListParagraph/.test(paragraph.className) || first?.nodeName !== 'SPAN' || !isSign(first))
    return 0;
  const [, far = '0', unit = ''] = /^([\d.]+)(in|cm|pt|px)$/.exec(paragraph.style.marginLeft) ?? [];
  const inches = Number(far) / ({ in: 1, cm: 2.54, pt: 72, px: 96 }[unit] ?? 1);
  return Math.max(1, Math.round(inches / 0.5));
}

const isSign = (element: Element): boolean =>
  /^(?:[·•§▪‣oø–-]|\d{1,3}[.)]|[a-z]{1,4}[.)])$/i.test(element.textContent.replace(/\s/g, ''));

/** Whether nothing but white space stands between a list and a paragraph. */
function follows(list: Element, paragraph: Element): boolean {
  return list.nextElementSibling === paragraph;
}

/** Takes the sign of an item away, and tells it: `·`, `1.`. */
function signOf(paragraph: HTMLElement): string {
  for (const span of paragraph.querySelectorAll<HTMLElement>('span')) {
    const isFirst = span === paragraph.firstElementChild && isSign(span);
    if (!isFirst && !/mso-list:\s*Ignore/i.test(span.getAttribute('style') ?? '')) continue;
    const sign = span.textContent.trim();
    span.remove();
    return sign;
  }
  return '';
}
