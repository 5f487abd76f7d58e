import Sigma from 'sigma';
import type { Palette } from './dress';
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

/** How the camera stood when the view was last left. */
let stood: { x: number; y: number; ratio: number; of: string } | null = null;

/** Draws the picture with WebGL. */
export function sigmaPainter(host: HTMLElement, picture: Picture, hands: Hands, palette: Palette): Painter {
  let colours = palette;
  let hovered: string | null = null;
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
      stagePadding: 40,
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
    freeze(one);
    return one;
  }

  /** Initials, question marks and words over the signs. */
  function overlay(one: Sigma): void {
    const context = one.getCanvases().labels?.getContext('2d');
    if (!context) return;
    const { width, height } = one.getDimensions();
    const words: Worded[] = [];
    picture.forEachNode((id, node) => {
      const data = one.getNodeDisplayData(id);
      if (!data) return;
      const size = one.scaleSize(node.size);
      // Of thousands seen from afar nothing is written.
      if (size < leastSize && !node.forceLabel && !node.ringed && id !== hovered) return;
      const { x, y } = one.framedGraphToViewport(data);
      if (x < -60 || y < -30 || x > width + 60 || y > height + 30) return;
      const seen = { ...node, x, y, size };
      if (id === hovered) Object.assign(seen, { forceLabel: true, zIndex: 3, labelColor: colours.ink });
      drawGlyph(context, seen, colours);
      words.push(seen);
    });
    drawWords(context, words, colours);
  }

  /** The picture keeps its scale while it grows. */
  function freeze(one: Sigma): void {
    let most = 1;
    picture.forEachNode((_id, { x, y }) => (most = Math.max(most, Math.abs(x), Math.abs(y))));
    one.setCustomBBox({ x: [-most, most], y: [-most, most] });
    one.refresh();
  }

  const first = () => picture.nodes()[0] ?? '';
  if (stood && stood.of === first()) sigma.getCamera().setState(stood);

  function show(ids: readonly string[] | null, quiet: boolean): void {
    const places = (ids ?? picture.nodes()).flatMap((id) => sigma.getNodeDisplayData(id) ?? []);
    if (places.length === 0) return;
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height } = sigma.getDimensions();
    const small = Math.max(1, Math.min(width, height) - 80);
    const ratio = Math.max(
      ((right - left) * small) / Math.max(1, width - 150),
      ((high - low) * small) / Math.max(1, height - 110),
    );
    const camera = sigma.getCamera();
    const state = {
      x: (left + right) / 2,
      y: (low + high) / 2,
      ratio: places.length === 1 ? camera.ratio : Math.max(0.05, ratio),
    };
    if (quiet) camera.setState(state);
    else void camera.animate(state, { duration: 220 });
  }

  return {
    by: 'webgl',
    refresh(now) {
      if (now.paper === colours.paper) {
        colours = now;
        sigma.refresh();
        return;
      }
      // The signs bear the paper in them: another theme, another program.
      colours = now;
      const before = sigma.getCamera().getState();
      const box = sigma.getCustomBBox();
      sigma.kill();
      sigma = start();
      sigma.setCustomBBox(box);
      sigma.getCamera().setState(before);
    },
    show,
    zoom(by, quiet) {
      const camera = sigma.getCamera();
      const ratio = camera.ratio / by;
      if (quiet) camera.setState({ ratio });
      else void camera.animate({ ratio }, { duration: 160 });
    },
    stop() {
      const { x, y, ratio } = sigma.getCamera().getState();
      stood = { x, y, ratio, of: first() };
      sigma.kill();
    },
  };
}

function still(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
