import Sigma from 'sigma';
import { scaleToFit, inside, margin, sizeBy } from './camera';
import type { NodeDress, Palette } from './dress';
import {
  drawGlyph,
  drawWords,
  leastSize,
  type Hands,
  type Painter,
  type Picture,
  type Worded,
} from './painter';
import { signProgram } from './sign-program';
import { turns } from './wheel';

/** How the camera stood when the view was last left. */
let stood: { x: number; y: number; ratio: number; of: string } | null = null;

/** Left free around the whole picture by sigma, in pixels. */
const padding = 40;

/** Draws the picture with WebGL. */
export function sigmaPainter(host: HTMLElement, picture: Picture, hands: Hands, palette: Palette): Painter {
  let colours = palette;
  let hovered: string | null = null;
  /** Half the side of the square that the whole picture is in. */
  let reach = 1;
  /** The nodes as they are dressed, and where sigma has them; null once something changed. */
  let known: { id: string; node: NodeDress; at: { x: number; y: number } }[] | null = null;
  let sigma = start();

  function start(): Sigma {
    const one = new Sigma(picture as never, host, {
      allowInvalidContainer: true,
      defaultNodeType: 'sign',
      nodeProgramClasses: { sign: signProgram(colours) as never },
      // The words are drawn below, where they cover neither each other nor the signs.
      renderLabels: false,
      defaultDrawNodeHover: (() => undefined) as never,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 20,
      doubleClickZoomingRatio: 1,
      zoomDuration: still() ? 0 : 160,
      inertiaDuration: still() ? 0 : 200,
      stagePadding: padding,
      // As large as on the plain canvas.
      zoomToSizeRatioFunction: (ratio) => 1 / sizeBy(unit() / ratio),
    });
    one.on('clickNode', ({ node }) => hands.pick(node));
    one.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      hands.grow(node);
    });
    one.on('enterNode', ({ node }) => {
      host.style.cursor = 'pointer';
      hovered = node;
      one.scheduleRender();
    });
    one.on('leaveNode', () => {
      host.style.cursor = '';
      hovered = null;
      one.scheduleRender();
    });
    one.on('afterRender', () => overlay(one));
    // Nothing is ever drawn on these, and each costs as much as the window when it is put together.
    for (const name of ['edgeLabels', 'hovers', 'hoverNodes']) {
      const layer = one.getCanvases()[name];
      if (layer) layer.style.display = 'none';
    }
    freeze(one);
    return one;
  }

  /** How many pixels a unit of the picture takes where the camera shows the whole of it. */
  function unit(): number {
    return Math.max(1, Math.min(host.clientWidth, host.clientHeight) - 2 * padding) / (2 * reach);
  }

  /** Initials, question marks and words over the signs. */
  function overlay(one: Sigma): void {
    const context = one.getCanvases().labels?.getContext('2d');
    if (!context) return;
    known ??= picture.mapNodes((id, node) => ({ id, node, at: one.getNodeDisplayData(id) ?? node }));
    const { width, height } = one.getDimensions();
    const times = one.scaleSize(1);
    const words: Worded[] = [];
    for (const { id, node, at } of known) {
      const size = node.size * times;
      // Of thousands seen from afar nothing is written.
      if (size < leastSize && !node.forceLabel && !node.ringed && id !== hovered) continue;
      const { x, y } = one.framedGraphToViewport(at);
      if (x < -60 || y < -30 || x > width + 60 || y > height + 30) continue;
      const seen = { ...node, x, y, size };
      if (id === hovered) Object.assign(seen, { forceLabel: true, zIndex: 3, labelColor: colours.ink });
      drawGlyph(context, seen, colours);
      words.push(seen);
    }
    drawWords(context, words, colours, { left: 0, right: width, top: 0, bottom: height });
  }

  /** The picture keeps its scale while it grows. */
  function freeze(one: Sigma): void {
    reach = 1;
    picture.forEachNode((_id, { x, y }) => (reach = Math.max(reach, Math.abs(x), Math.abs(y))));
    one.setCustomBBox({ x: [-reach, reach], y: [-reach, reach] });
    one.refresh();
  }

  const turn = turns();
  /** Before sigma hears of it, which knows no wheel that goes sideways. */
  function wheel(event: WheelEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const box = host.getBoundingClientRect();
    const asked = turn(event);
    if ('by' in asked) zoomAt(sigma, asked.by, { x: event.clientX - box.left, y: event.clientY - box.top });
    else panBy(sigma, -asked.x, -asked.y);
  }
  host.addEventListener('wheel', wheel, { capture: true, passive: false });

  const first = () => picture.nodes()[0] ?? '';
  if (stood && stood.of === first()) sigma.getCamera().setState(stood);

  function show(ids: readonly string[] | null, quiet: boolean): void {
    const some = (ids ?? picture.nodes()).filter((id) => picture.hasNode(id));
    const places = some.map((id) => picture.getNodeAttributes(id));
    if (places.length === 0) return;
    const { width, height } = sigma.getDimensions();
    const { x, y, scale } = scaleToFit(places, width, height, colours.unit);
    const camera = sigma.getCamera();
    const ratio = places.length > 1 && scale > 0 ? unit() / scale : camera.ratio;
    // Sigma's camera sees the picture as a square of one by one.
    const state = { x: 0.5 + x / (2 * reach), y: 0.5 + y / (2 * reach), ratio };
    if (quiet) camera.setState(state);
    else void camera.animate(state, { duration: 220 });
  }

  function panBy(one: Sigma, dx: number, dy: number): void {
    const camera = one.getCamera();
    const [from, to] = [
      one.viewportToFramedGraph({ x: 0, y: 0 }),
      one.viewportToFramedGraph({ x: dx, y: dy }),
    ];
    const { x, y } = camera.getState();
    camera.setState({ x: x - (to.x - from.x), y: y - (to.y - from.y) });
  }

  function zoomAt(one: Sigma, by: number, at: { x: number; y: number }): void {
    const camera = one.getCamera();
    camera.setState(one.getViewportZoomedState(at, camera.getBoundedRatio(camera.ratio / by)));
  }

  return {
    by: 'webgl',
    refresh(now) {
      known = null;
      if (now.paper === colours.paper) {
        colours = now;
        sigma.refresh();
        return;
      }
      // The signs bear the paper in them: another theme, another program.
      colours = now;
      const before = sigma.getCamera().getState();
      const [box, far] = [sigma.getCustomBBox(), reach];
      sigma.kill();
      sigma = start();
      reach = far;
      sigma.setCustomBBox(box);
      sigma.getCamera().setState(before);
    },
    show,
    zoom(by, quiet) {
      const camera = sigma.getCamera();
      const ratio = camera.getBoundedRatio(camera.ratio / by);
      if (quiet) camera.setState({ ratio });
      else void camera.animate({ ratio }, { duration: 160 });
    },
    pan: (dx, dy) => panBy(sigma, dx, dy),
    reveal(id) {
      const node = sigma.getNodeDisplayData(id);
      if (!node) return;
      const { x, y } = sigma.framedGraphToViewport(node);
      const { width, height } = sigma.getDimensions();
      const { x: side, top, bottom } = margin(colours.unit);
      const [dx, dy] = [inside(x, side, width - side), inside(y, top, height - bottom)];
      if (dx !== 0 || dy !== 0) panBy(sigma, dx, dy);
    },
    stop() {
      const { x, y, ratio } = sigma.getCamera().getState();
      stood = { x, y, ratio, of: first() };
      host.removeEventListener('wheel', wheel, { capture: true });
      sigma.kill();
    },
  };
}

function still(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
