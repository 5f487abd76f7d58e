import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { canvasPainter } from './canvas-painter';
import { inside, margin, scaleToFit } from './camera';
import { paletteOf, shapes, type NodeDress } from './dress';
import { newPicture, type Painter } from './painter';

const [width, height] = [800, 600];
const dress = (x: number, y: number): NodeDress => ({
  x,
  y,
  size: 8,
  color: '#000000',
  type: 'sign',
  shape: shapes.disc,
  label: 'One',
  sub: '',
  glyph: '',
  glyphColor: '#000000',
  labelColor: '#000000',
  forceLabel: false,
  ringed: false,
  zIndex: 1,
});

let host: HTMLElement;
let painter: Painter;
const hands = { pick: vi.fn(), grow: vi.fn() };
const sheet = () => host.querySelector('canvas') as HTMLCanvasElement;
const frames = (count = 2) =>
  [...Array(count)].reduce(
    (before: Promise<unknown>) => before.then(() => new Promise(requestAnimationFrame)),
    Promise.resolve(),
  );
/** Where the sheet was put: across, down, and by how much it is scaled. */
const put = () => (sheet().style.transform.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);

beforeEach(async () => {
  host = document.body.appendChild(document.createElement('div'));
  Object.defineProperty(host, 'clientWidth', { value: width });
  Object.defineProperty(host, 'clientHeight', { value: height });
  const picture = newPicture();
  picture.addNode('a', dress(0, 0));
  picture.addNode('far', dress(2_000, 0));
  painter = canvasPainter(host, picture, hands, paletteOf(host));
  painter.show(['a'], true);
  await frames();
});
afterEach(() => {
  painter.stop();
  host.remove();
  vi.clearAllMocks();
});

describe('the sheet', () => {
  test('is wider than the host, and lies in its middle', () => {
    expect([sheet().width, sheet().height]).toEqual([2 * width, 2 * height]);
    expect(sheet().style.left).toBe(`${-width / 2}px`);
    expect(put()).toEqual([0, 0, 1]);
  });

  test('is moved as it is while it covers the host, and lies anew where it would not', async () => {
    painter.pan(120, -40);
    await frames();
    expect(put()).toEqual([120, -40, 1]);
    painter.pan(width, 0);
    await frames();
    expect(put().map(Math.abs)).toEqual([0, 0, 1]);
  });

  test('what lies under the pointer stays there while one zooms', async () => {
    const box = { left: 0, top: 0, width, height };
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(box as DOMRect);
    const click = (x: number, y: number) => {
      for (const type of ['pointerdown', 'pointerup'])
        sheet().dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, bubbles: true, button: 0 }));
    };
    HTMLElement.prototype.setPointerCapture = () => undefined;
    painter.pan(-300, 100);
    const pinch = new MouseEvent('wheel', { ctrlKey: true, clientX: 100, clientY: 389, bubbles: true });
    // Such an event has no place in the tests' page, where it is no mouse's.
    sheet().dispatchEvent(Object.assign(pinch, { deltaX: 0, deltaY: -60, deltaMode: 0 }));
    await frames();
    click(100, 389);
    expect(hands.pick).toHaveBeenCalledWith('a');
    vi.restoreAllMocks();
  });

  test('one is brought into sight by no more than it takes', async () => {
    painter.reveal('a');
    await frames();
    expect(put()).toEqual([0, 0, 1]);
    painter.pan(370, 0);
    painter.reveal('a');
    await frames();
    expect(put()).toEqual([width / 2 - margin(1).x, 0, 1]);
  });
});

test('all are seen as near as they fit, and few are not blown up', () => {
  const two = scaleToFit([dress(-500, 0), dress(500, 100)], width, height, 1);
  expect(two.scale).toBeCloseTo((width - 2 * margin(1).x) / 1_000);
  expect(two.x).toBe(0);
  expect(scaleToFit([dress(0, 0), dress(10, 0)], width, height, 1).scale).toBe(1.25);
});

test('nothing moves that lies within', () => {
  expect([inside(5, 0, 10), inside(-3, 0, 10), inside(12, 0, 10), inside(5, 10, 0)]).toEqual([0, 3, -2, 0]);
});
