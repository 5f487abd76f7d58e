import { drawPicture, sizeAt, toScreen, type Camera, type View } from './canvas-sheet';
import type { Palette } from './dress';
import { drawWords, type Hands, type Painter, type Picture } from './painter';

/** So much of the picture is drawn anew for every frame. */
const light = 600;
/** The sheet reaches so far beyond the host, as a share of its width and height on each side. */
const beyond = 0.5;
/** So long without a move, and it is drawn as it is to stand. */
const rest = 120;

/**
 * Draws the picture on a plain canvas, where there is no WebGL. A large one is drawn on a sheet wider than the host, and
 * while it moves the sheet is moved: that costs the same whatever stands on it.
 */
export function canvasPainter(host: HTMLElement, picture: Picture, hands: Hands, palette: Palette): Painter {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;touch-action:none';
  host.append(canvas);
  const context = canvas.getContext('2d');
  const sheet = document.createElement('canvas');
  const camera: Camera = { x: 0, y: 0, scale: 1 };
  /** How the camera stood over what is on the sheet; null where that is old. */
  let drawn: Camera | null = null;
  /** What is on the sheet lacks words and lines. */
  let rough = false;
  let colours = palette;
  let [width, height] = [0, 0];
  let due = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let hovered: string | null = null;

  const view = (rough: boolean, wide = 1): View => ({
    camera: { ...camera },
    width: width * wide,
    height: height * wide,
    palette: colours,
    // On a sheet it would stay.
    hovered: isLarge() ? null : hovered,
    rough,
  });

  /** Draws with the next frame; what stands on the sheet is old. */
  function later(): void {
    drawn = null;
    clearTimeout(resting);
    due ||= requestAnimationFrame(frame);
  }

  /** Draws with the next frame, in one way or another, and well once nothing moves. */
  function moved(): void {
    clearTimeout(resting);
    due ||= requestAnimationFrame(frame);
  }

  function frame(): void {
    due = 0;
    if (!context || width === 0) return;
    const dots = sized(canvas, 1);
    context.setTransform(dots, 0, 0, dots, 0, 0);
    if (!isLarge()) return drawPicture(context, picture, view(false));
    const ratio = drawn ? camera.scale / drawn.scale : 0;
    if (!drawn || ratio < 0.4 || ratio > 3 || !covers(drawn, ratio)) drawSheet(drawn !== null);
    move(context);
    // From here on: a frame that took long is no rest.
    clearTimeout(resting);
    if (rough || camera.scale !== drawn?.scale || camera.x !== drawn.x || camera.y !== drawn.y)
      resting = setTimeout(later, rest);
  }

  const isLarge = () => picture.order + picture.size > light;

  /** Whether what is on the sheet reaches over the whole host; where it shrank, that it does so no more is no harm. */
  function covers(at: Camera, ratio: number): boolean {
    if (ratio < 1) return true;
    const [dx, dy] = [Math.abs(camera.x - at.x) * camera.scale, Math.abs(camera.y - at.y) * camera.scale];
    const half = (0.5 + beyond) * ratio - 0.5;
    return dx <= width * half && dy <= height * half;
  }

  function drawSheet(roughly: boolean): void {
    rough = roughly;
    const wide = 1 + 2 * beyond;
    const dots = sized(sheet, wide);
    const on = sheet.getContext('2d');
    if (!on) return;
    on.setTransform(dots, 0, 0, dots, 0, 0);
    drawPicture(on, picture, view(roughly, wide));
    drawn = { ...camera };
  }

  function move(on: CanvasRenderingContext2D): void {
    if (!drawn) return;
    const ratio = camera.scale / drawn.scale;
    const [wide, high] = [width * (1 + 2 * beyond) * ratio, height * (1 + 2 * beyond) * ratio];
    const { x, y } = toScreen(view(false), drawn);
    on.clearRect(0, 0, width, height);
    on.drawImage(sheet, x - wide / 2, y - high / 2, wide, high);
    if (hovered === null || !picture.hasNode(hovered)) return;
    const node = picture.getNodeAttributes(hovered);
    const at = { ...toScreen(view(false), node), size: sizeAt(camera, node.size) };
    drawWords(on, [{ ...node, ...at, forceLabel: true, labelColor: colours.ink }], colours);
  }

  /** Gives a canvas its pixels; how many to a pixel of the page. */
  function sized(one: HTMLCanvasElement, wide: number): number {
    const dots = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * wide * dots), Math.round(height * wide * dots)];
    if (one.width !== w) one.width = w;
    if (one.height !== h) one.height = h;
    return dots;
  }

  function at(event: MouseEvent): string | null {
    const box = canvas.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    let [best, near] = [null as string | null, Infinity];
    const seen = view(true);
    picture.forEachNode((id, node) => {
      const { x, y } = toScreen(seen, node);
      const far = Math.hypot(x - point.x, y - point.y) - sizeAt(camera, node.size);
      if (far < 5 && far < near) [best, near] = [id, far];
    });
    return best;
  }

  let held: { x: number; y: number; moved: boolean } | null = null;
  canvas.addEventListener('pointerdown', (event) => {
    held = { x: event.clientX, y: event.clientY, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!held) {
      const over = at(event);
      if (over !== hovered) due ||= requestAnimationFrame(frame);
      hovered = over;
      canvas.style.cursor = over ? 'pointer' : '';
      return;
    }
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    held = { x: event.clientX, y: event.clientY, moved: true };
    camera.x -= dx / camera.scale;
    camera.y += dy / camera.scale;
    moved();
  });
  canvas.addEventListener('pointerup', (event) => {
    const id = held?.moved ? null : at(event);
    held = null;
    if (id) hands.pick(id);
  });
  canvas.addEventListener('dblclick', (event) => {
    const id = at(event);
    if (id) hands.grow(id);
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left - width / 2, event.clientY - box.top - height / 2];
      const before = camera.scale;
      camera.scale = Math.min(80, Math.max(0.02, before * Math.exp(-event.deltaY / 400)));
      // What lies under the pointer stays there.
      camera.x += x / before - x / camera.scale;
      camera.y -= y / before - y / camera.scale;
      moved();
    },
    { passive: false },
  );
  const sizes = new ResizeObserver(() => {
    measure();
    later();
  });
  sizes.observe(host);

  function measure(): void {
    [width, height] = [host.clientWidth, host.clientHeight];
  }

  measure();
  return {
    by: 'canvas',
    refresh(now) {
      colours = now;
      later();
    },
    show(ids) {
      measure();
      const places = (ids ?? picture.nodes())
        .filter((id) => picture.hasNode(id))
        .map((id) => picture.getNodeAttributes(id));
      if (places.length === 0) return;
      const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
      const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      camera.x = (left + right) / 2;
      camera.y = (low + high) / 2;
      if (places.length > 1)
        camera.scale = Math.min(
          (width - 150) / Math.max(1, right - left),
          (height - 110) / Math.max(1, high - low),
          8,
        );
      if (!(camera.scale > 0)) camera.scale = 1;
      later();
    },
    zoom(by) {
      camera.scale = Math.min(80, Math.max(0.02, camera.scale * by));
      moved();
    },
    stop() {
      cancelAnimationFrame(due);
      clearTimeout(resting);
      sizes.disconnect();
      canvas.remove();
    },
  };
}
