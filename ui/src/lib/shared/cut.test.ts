import { afterEach, expect, test } from 'vitest';
import { tellWhatIsCut } from './cut';

let stop = () => {};
afterEach(() => stop());

function line(inner: string, wide: number, style = 'text-overflow: ellipsis'): HTMLElement {
  document.body.innerHTML = `<p style="${style}">${inner}</p>`;
  const line = document.body.firstElementChild as HTMLElement;
  Object.defineProperty(line, 'scrollWidth', { value: wide, configurable: true });
  Object.defineProperty(line, 'clientWidth', { value: 100, configurable: true });
  stop = tellWhatIsCut(document.body);
  return line;
}

const point = (at: Element | null) => at?.dispatchEvent(new Event('pointerover', { bubbles: true }));

test('A line that is cut says how it goes on, without what is only read out', () => {
  const cut = line('<span class="spoken">decision: </span><b>Flat fee</b> for\n six months', 140);
  point(cut.querySelector('b'));
  expect(cut.title).toBe('Flat fee for six months');
  Object.defineProperty(cut, 'scrollWidth', { value: 100 });
  point(cut);
  expect(cut.hasAttribute('title')).toBe(false);
});

test('One that fits, one that is not cut with an ellipsis, and one that says something itself stay as they are', () => {
  const fits = line('short', 100);
  point(fits);
  expect(fits.title).toBe('');
  const plain = line('long', 140, '');
  point(plain);
  expect(plain.title).toBe('');
  const own = line('long', 140);
  own.title = 'its own';
  point(own);
  expect(own.title).toBe('its own');
});
