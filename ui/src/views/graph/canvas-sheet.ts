import { sizeBy, type Camera } from './camera';
import { shapes, type NodeDress, type Palette } from './dress';
import { drawGlyph, drawWords, type Box, type Picture } from './painter';

/** What a drawing of the picture shows. */
export interface View {
  camera: Camera;
  width: number;
  height: number;
  palette: Palette;
  /** So many times as wide and as high as the host, which is in its middle. */
  share: number;
  /** Drawn while it moves: without words, and with no more lines than can be drawn between two frames. */
  rough: boolean;
}

/** So many lines at the most while it moves. */
const mostRough = 1_500;
/** Smaller signs are dots: their outlines cannot be told apart. */
const leastShape = 2.4;

export const toScreen = ({ camera, width, height }: View, { x, y }: { x: number; y: number }) => ({
  x: (x - camera.x) * camera.scale + width / 2,
  y: (camera.y - y) * camera.scale + height / 2,
});

export const sizeAt = ({ scale }: Camera, size: number) => size * sizeBy(scale);

/** Draws the picture as the camera sees it. */
export function drawPicture(on: CanvasRenderingContext2D, picture: Picture, view: View): void {
  on.clearRect(0, 0, view.width, view.height);
  edges(on, picture, view);
  const shown = nodes(on, picture, view);
  if (!view.rough) drawWords(on, shown, view.palette, hostOf(view), view.share ** 2);
}

function hostOf({ width, height, share }: View): Box {
  const [x, y] = [width / share / 2, height / share / 2];
  return { left: width / 2 - x, right: width / 2 + x, top: height / 2 - y, bottom: height / 2 + y };
}

function edges(on: CanvasRenderingContext2D, picture: Picture, view: View): void {
  const { width, height, camera } = view;
  // One path for each look: thousands of lines are a handful of strokes.
  const paths = new Map<string, { color: string; size: number; path: Path2D }>();
  const each = view.rough ? Math.max(1, Math.ceil(picture.size / mostRough)) : 1;
  let count = 0;
  picture.forEachEdge((_key, { color, size, type, zIndex }, _from, _to, source, target) => {
    count += 1;
    // Those of the chosen one are always there.
    if (zIndex === 0 && count % each !== 0) return;
    const [a, b] = [toScreen(view, source), toScreen(view, target)];
    if (Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > width) return;
    if (Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > height) return;
    const look = `${color} ${size}`;
    const at = paths.get(look) ?? { color, size, path: new Path2D() };
    paths.set(look, at);
    at.path.moveTo(a.x, a.y);
    at.path.lineTo(b.x, b.y);
    if (type !== 'arrow' || view.rough) return;
    const end = sizeAt(camera, target.size) + 1;
    const turn = Math.atan2(b.y - a.y, b.x - a.x);
    const tip = { x: b.x - Math.cos(turn) * end, y: b.y - Math.sin(turn) * end };
    for (const side of [-0.45, 0.45]) {
      at.path.moveTo(tip.x, tip.y);
      at.path.lineTo(tip.x - Math.cos(turn + side) * 7, tip.y - Math.sin(turn + side) * 7);
    }
  });
  for (const { color, size, path } of paths.values()) {
    on.strokeStyle = color;
    on.lineWidth = size;
    on.stroke(path);
  }
}

/** Signs of one look are one path; what stands in them comes over all. */
function nodes(on: CanvasRenderingContext2D, picture: Picture, view: View): NodeDress[] {
  const { width, height, palette, camera } = view;
  const shown: NodeDress[] = [];
  const looks = new Map<string, { shape: number; color: string; nodes: NodeDress[] }>();
  picture.forEachNode((_id, node) => {
    const at = toScreen(view, node);
    if (at.x < -60 || at.x > width + 60 || at.y < -30 || at.y > height + 30) return;
    const seen: NodeDress = { ...node, ...at, size: sizeAt(camera, node.size) };
    shown.push(seen);
    const look = `${seen.shape} ${seen.color}`;
    const there = looks.get(look);
    if (there) there.nodes.push(seen);
    else looks.set(look, { shape: seen.shape, color: seen.color, nodes: [seen] });
  });
  for (const { shape, color, nodes } of looks.values()) signs(on, shape, color, nodes, palette);
  for (const node of shown) if (node.ringed || (!view.rough && node.glyph)) drawGlyph(on, node, palette);
  return shown;
}

function signs(
  on: CanvasRenderingContext2D,
  shape: number,
  color: string,
  nodes: NodeDress[],
  palette: Palette,
): void {
  const open = shape === shapes.ring || shape === shapes.openDiamond || shape >= shapes.openSquare;
  on.fillStyle = color;
  const far = nodes.filter(({ size }) => size < leastShape);
  for (const { x, y, size } of far) on.fillRect(x - size, y - size, 2 * size, 2 * size);
  if (far.length === nodes.length) return;
  const path = new Path2D();
  const dots = new Path2D();
  for (const { x, y, size } of nodes) {
    if (size < leastShape) continue;
    outline(path, shape, x, y, size);
    if (shape === shapes.coredDiamond) diamond(dots, x, y, size * 0.55);
    if (shape !== shapes.dotted) continue;
    dots.moveTo(x + size * 0.3, y);
    dots.arc(x, y, size * 0.3, 0, 2 * Math.PI);
  }
  if (shape !== shapes.hash) {
    on.fillStyle = open ? palette.paper : color;
    on.fill(path);
  }
  if (open) {
    on.strokeStyle = color;
    on.lineWidth = 1.5;
    on.stroke(path);
  }
  on.fillStyle = color;
  on.fill(dots);
}

function diamond(path: Path2D, x: number, y: number, far: number): void {
  path.moveTo(x, y - far);
  path.lineTo(x + far, y);
  path.lineTo(x, y + far);
  path.lineTo(x - far, y);
  path.closePath();
}

function outline(path: Path2D, shape: number, x: number, y: number, size: number): void {
  if (shape === shapes.disc || shape === shapes.ring) {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, 2 * Math.PI);
  } else if (shape === shapes.diamond || shape === shapes.openDiamond || shape === shapes.coredDiamond) {
    diamond(path, x, y, size * 1.2);
  } else if (shape === shapes.hash) {
    const [out, inner] = [size * 0.95, size * 0.35];
    for (const step of [-inner, inner]) {
      path.moveTo(x + step, y - out);
      path.lineTo(x + step, y + out);
      path.moveTo(x - out, y + step);
      path.lineTo(x + out, y + step);
    }
  } else path.roundRect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, size * 0.28);
}
