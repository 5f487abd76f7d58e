import type { Hands } from './painter';
import { turns } from './wheel';

/** What the hands of a plain canvas move. */
export interface Moves {
  /** What lies under a point of the host; null for nothing. */
  at(x: number, y: number): string | null;
  hover(id: string | null): void;
  /** By so many pixels. */
  pan(dx: number, dy: number): void;
  /** By a factor; what lies under the point stays there. */
  zoom(by: number, x: number, y: number): void;
}

/** So far a pointer may go, in pixels, and still only press. */
const slack = 4;

/** Listens to mouse, fingers and wheel over an element. */
export function listen(element: HTMLElement, hands: Hands, moves: Moves): void {
  const turn = turns();
  const place = (event: MouseEvent): [number, number] => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  let held: { x: number; y: number; moved: boolean } | null = null;

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY, moved: false };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (!held) {
      const over = moves.at(...place(event));
      moves.hover(over);
      element.style.cursor = over ? 'pointer' : '';
      return;
    }
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < slack) return;
    held = { x: event.clientX, y: event.clientY, moved: true };
    moves.pan(dx, dy);
  });
  element.addEventListener('pointerup', (event) => {
    const id = held?.moved === false ? moves.at(...place(event)) : null;
    held = null;
    if (id) hands.pick(id);
  });
  element.addEventListener('pointercancel', () => (held = null));
  element.addEventListener('pointerleave', () => moves.hover(null));
  element.addEventListener('dblclick', (event) => {
    const id = moves.at(...place(event));
    if (id) hands.grow(id);
  });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const asked = turn(event);
      if ('by' in asked) moves.zoom(asked.by, ...place(event));
      else moves.pan(-asked.x, -asked.y);
    },
    { passive: false },
  );
}
