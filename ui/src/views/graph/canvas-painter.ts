import { listen } from './canvas-hands';
import { drawPicture, sizeAt, toScreen, type View } from './canvas-sheet';
import { inside, margin, scaleToFit, type Camera } from './camera';
import type { Palette } from './dress';
import { drawWords, type Hands, type Painter, type Picture } from './painter';

/** So much of the picture is drawn anew for every frame in which its scale changes. */
const light = 600;
/** The sheet reaches so far beyond the host, as a share of its width and height on each side. */
const beyond = 0.5;
const wide = 1 + 2 * beyond;
/** So long without a move, in milliseconds, and it is drawn as it is to stand. */
const rest = 120;
/** How far one may go off and come near. */
const scales = { least: 0.02, most: 80 };

/**
 * Draws the picture on a plain canvas, where there is no WebGL: on a sheet wider than the host. While the picture moves, the
 * sheet is moved as it is, by a transform: that draws nothing, and costs the same whatever stands on it.
 */
export function canvasPainter(host: HTMLElement, picture: Picture, hands: Hands, palette: Palette): Painter {
  const frame = document.createElement('div');
  frame.style.cssText = 'position:absolute;inset:0;overflow:hidden;touch-action:none';
  const sheet = document.createElement('canvas');
  sheet.style.cssText = 'position:absolute;transform-origin:50% 50%;will-change:transform';
  /** The words of what is under the pointer: on the sheet they would stay. */
  const over = document.createElement('canvas');
  over.style.cssText = 'position:absolute;left:0;top:0;pointer-events:none;display:none';
  frame.append(sheet, over);
  host.append(frame);

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

  const view = (roughly: boolean, share = 1): View => ({
    camera: { ...camera },
    width: width * share,
    height: height * share,
    palette: colours,
    rough: roughly,
    share,
  });
  const isLarge = () => picture.order + picture.size > light;

  /** Draws with the next frame; what stands on the sheet is old. */
  function later(): void {
    drawn = null;
    moved();
  }

  /** Shows with the next frame where the camera stands, and draws it well once nothing moves. */
  function moved(): void {
    clearTimeout(resting);
    due ||= requestAnimationFrame(show);
  }

  function show(): void {
    due = 0;
    if (width === 0) return;
    const ratio = drawn ? camera.scale / drawn.scale : 0;
    const scaled = ratio !== 1;
    if (!drawn || (scaled && !isLarge()) || ratio < 0.4 || ratio > 3 || !covers(drawn, ratio))
      draw(drawn !== null && isLarge());
    place();
    // From here on: a frame that took long is no rest.
    clearTimeout(resting);
    if (rough || !isFresh()) resting = setTimeout(later, rest);
  }

  /** Whether the sheet is as it would be drawn, and reaches far enough for the next move. */
  function isFresh(): boolean {
    if (!drawn || drawn.scale !== camera.scale) return false;
    const [dx, dy] = [
      Math.abs(camera.x - drawn.x) * camera.scale,
      Math.abs(camera.y - drawn.y) * camera.scale,
    ];
    return dx <= (width * beyond) / 2 && dy <= (height * beyond) / 2;
  }

  /** Whether what is on the sheet reaches over the whole host; where it shrank, that it does so no more is no harm. */
  function covers(at: Camera, ratio: number): boolean {
    if (ratio < 1) return true;
    const [dx, dy] = [Math.abs(camera.x - at.x) * camera.scale, Math.abs(camera.y - at.y) * camera.scale];
    const half = (wide / 2) * ratio - 0.5;
    return dx <= width * half && dy <= height * half;
  }

  function draw(roughly: boolean): void {
    rough = roughly;
    const on = sized(sheet, Math.round(width * wide), Math.round(height * wide));
    if (on) drawPicture(on, picture, view(roughly, wide));
    sheet.style.left = `${-Math.round(width * beyond)}px`;
    sheet.style.top = `${-Math.round(height * beyond)}px`;
    drawn = { ...camera };
  }

  /** Puts the sheet where the camera looks. */
  function place(): void {
    if (!drawn) return;
    const ratio = camera.scale / drawn.scale;
    const dots = window.devicePixelRatio || 1;
    // On whole pixels: between them every line would blur.
    const whole = (far: number) => Math.round(far * dots) / dots;
    const [x, y] = [(drawn.x - camera.x) * camera.scale, (camera.y - drawn.y) * camera.scale];
    sheet.style.transform = `translate(${whole(x)}px, ${whole(y)}px) scale(${ratio})`;
    placeWords();
  }

  function placeWords(): void {
    const node = hovered !== null && picture.hasNode(hovered) ? picture.getNodeAttributes(hovered) : null;
    over.style.display = node ? '' : 'none';
    if (!node) return;
    const size = sizeAt(camera, node.size);
    const [w, h] = [Math.ceil(260 * colours.unit), Math.ceil(2 * size + 80 * colours.unit)];
    const on = sized(over, w, h);
    if (!on) return;
    on.clearRect(0, 0, w, h);
    const seen = { ...node, x: w / 2, y: h / 2, size, forceLabel: true, labelColor: colours.ink };
    drawWords(on, [seen], colours, { left: 0, right: w, top: 0, bottom: h });
    const { x, y } = toScreen(view(false), node);
    over.style.transform = `translate(${Math.round(x - w / 2)}px, ${Math.round(y - h / 2)}px)`;
  }

  function zoom(by: number, x: number, y: number): void {
    const before = camera.scale;
    camera.scale = Math.min(scales.most, Math.max(scales.least, before * by));
    const [dx, dy] = [x - width / 2, y - height / 2];
    camera.x += dx / before - dx / camera.scale;
    camera.y -= dy / before - dy / camera.scale;
    moved();
  }

  function pan(dx: number, dy: number): void {
    camera.x -= dx / camera.scale;
    camera.y += dy / camera.scale;
    moved();
  }

  listen(frame, hands, {
    at(x, y) {
      let [best, near] = [null as string | null, Infinity];
      const seen = view(true);
      picture.forEachNode((id, node) => {
        const to = toScreen(seen, node);
        const far = Math.hypot(to.x - x, to.y - y) - sizeAt(camera, node.size);
        if (far < 5 && far < near) [best, near] = [id, far];
      });
      return best;
    },
    hover(id) {
      if (id === hovered) return;
      hovered = id;
      due ||= requestAnimationFrame(show);
    },
    pan,
    zoom,
  });
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
      const { scale } = camera;
      Object.assign(camera, scaleToFit(places, width, height, colours.unit));
      if (places.length === 1) camera.scale = scale;
      later();
    },
    pan,
    zoom: (by) => zoom(by, width / 2, height / 2),
    reveal(id) {
      if (!picture.hasNode(id)) return;
      const { x, y } = toScreen(view(true), picture.getNodeAttributes(id));
      const { x: side, top, bottom } = margin(colours.unit);
      const [dx, dy] = [inside(x, side, width - side), inside(y, top, height - bottom)];
      if (dx !== 0 || dy !== 0) pan(dx, dy);
    },
    stop() {
      cancelAnimationFrame(due);
      clearTimeout(resting);
      sizes.disconnect();
      frame.remove();
    },
  };
}

/** Gives a canvas its size on the page and its pixels; what draws on it, in pixels of the page. */
function sized(one: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const dots = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * dots), Math.round(height * dots)];
  if (one.width !== w) one.width = w;
  if (one.height !== h) one.height = h;
  one.style.width = `${width}px`;
  one.style.height = `${height}px`;
  const on = one.getContext('2d');
  on?.setTransform(dots, 0, 0, dots, 0, 0);
  return on;
}
