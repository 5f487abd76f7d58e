import { EditorView, WidgetType } from '@codemirror/view';
import type { BoxStatus } from '../text/line';

export type SignOf =
  'action' | 'done' | 'dropped' | 'decision' | 'superseded' | 'proposed' | 'question' | 'answered';

const spoken: Record<SignOf, string> = {
  action: 'action, open',
  done: 'action, done',
  dropped: 'action, dropped',
  decision: 'decision, holds',
  superseded: 'decision, superseded',
  proposed: 'decision, proposed',
  question: 'question, open',
  answered: 'question, answered',
};

const diamond = 'M8 2.2 13.8 8 8 13.8 2.2 8Z';
const shapes: Record<SignOf, [string, Record<string, string>][]> = {
  action: [['circle', { class: 'ring', cx: '8', cy: '8', r: '6.25' }]],
  done: [['circle', { class: 'full', cx: '8', cy: '8', r: '6.5' }]],
  dropped: [
    ['circle', { class: 'ring', cx: '8', cy: '8', r: '6.25' }],
    ['path', { class: 'ring', d: 'M5 8h6' }],
  ],
  decision: [['path', { class: 'full', d: diamond }]],
  superseded: [['path', { class: 'ring', d: diamond }]],
  proposed: [
    ['path', { class: 'ring', d: diamond }],
    ['path', { class: 'full', d: 'M8 5.3 10.7 8 8 10.7 5.3 8Z' }],
  ],
  question: question(),
  answered: question(),
};

function question(): [string, Record<string, string>][] {
  return [
    ['circle', { class: 'ring', cx: '8', cy: '8', r: '6.75' }],
    ['path', { class: 'ring', d: 'M6.1 6.5a1.95 1.95 0 1 1 2.7 1.8c-.5.2-.8.5-.8 1v.3' }],
    ['circle', { class: 'full', cx: '8', cy: '11.4', r: '.85' }],
  ];
}

/** What stands at the front of a line in the place of its marks: a sign, a bullet or a number. */
export class Lead extends WidgetType {
  constructor(
    readonly sign: SignOf | null,
    readonly text: string,
    readonly late: boolean,
  ) {
    super();
  }

  override eq(other: Lead): boolean {
    return other.sign === this.sign && other.text === this.text && other.late === this.late;
  }

  toDOM(): HTMLElement {
    const lead = document.createElement('span');
    lead.className = 'note-lead';
    if (!this.sign) {
      lead.append(this.text);
      lead.setAttribute('aria-hidden', 'true');
      return lead;
    }
    const name = spoken[this.sign] + (this.late ? ', late' : '');
    const isBox = this.sign === 'action' || this.sign === 'done' || this.sign === 'dropped';
    lead.classList.add('note-sign', `note-${this.sign}`);
    lead.classList.toggle('note-late', this.late);
    lead.setAttribute('role', isBox ? 'checkbox' : 'img');
    if (isBox) {
      lead.setAttribute(
        'aria-checked',
        this.sign === 'done' ? 'true' : this.sign === 'dropped' ? 'mixed' : 'false',
      );
      lead.dataset.tick = '';
      lead.title = this.sign === 'action' ? 'Tick' : 'Open again';
    }
    lead.setAttribute('aria-label', name);
    lead.append(drawn(this.sign));
    return lead;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

function drawn(sign: SignOf): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, attributes] of shapes[sign]) {
    const part = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    svg.append(part);
  }
  return svg;
}

/** Words in the place of others: a person's name, "supersedes 3 Sep", a resolved date. */
export class Words extends WidgetType {
  constructor(
    readonly text: string,
    readonly style: string,
    readonly title = '',
  ) {
    super();
  }

  override eq(other: Words): boolean {
    return other.text === this.text && other.style === this.style && other.title === this.title;
  }

  toDOM(): HTMLElement {
    const words = document.createElement('span');
    words.className = this.style;
    words.textContent = this.text;
    if (this.title) words.title = this.title;
    return words;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** What could be taken, said quietly at the end of the cursor's line. */
export class OfferHint extends WidgetType {
  constructor(
    readonly label: string,
    readonly key: string,
  ) {
    super();
  }

  override eq(other: OfferHint): boolean {
    return other.label === this.label && other.key === this.key;
  }

  toDOM(): HTMLElement {
    const hint = document.createElement('span');
    hint.className = 'note-offer-hint';
    hint.dataset.offer = '';
    const key = document.createElement('kbd');
    key.textContent = this.key;
    hint.append(this.label, key);
    hint.setAttribute('role', 'button');
    hint.setAttribute('aria-label', `${this.label}: ${this.key}`);
    return hint;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** A picture of the vault. */
export class Picture extends WidgetType {
  constructor(
    readonly url: string,
    readonly alt: string,
  ) {
    super();
  }

  override eq(other: Picture): boolean {
    return other.url === this.url && other.alt === this.alt;
  }

  toDOM(view: EditorView): HTMLElement {
    // What changes later stands inside: the editor takes no change within a widget for typing.
    const frame = document.createElement('span');
    const image = document.createElement('img');
    image.className = 'note-image';
    image.alt = this.alt;
    image.addEventListener('load', () => view.requestMeasure());
    image.addEventListener('error', () => {
      frame.className = 'note-missing';
      frame.textContent = `${this.alt || 'Picture'} is not in the vault`;
      view.requestMeasure();
    });
    image.src = this.url;
    frame.append(image);
    return frame;
  }
}

/** Which sign an item has. */
export function signOf(
  kind: 'action' | 'decision' | 'question',
  status: string | null,
  box: BoxStatus | null,
): SignOf {
  if (kind === 'decision') return status === 'superseded' || status === 'proposed' ? status : 'decision';
  if (kind === 'question') return status === 'answered' ? 'answered' : 'question';
  // A box on the screen is newer than what was last read.
  const said = box ?? status;
  return said === 'done' || said === 'dropped' ? said : 'action';
}
