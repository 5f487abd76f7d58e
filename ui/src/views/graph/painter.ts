import { MultiGraph } from 'graphology';
import { hasCard } from './graphics-card';
import { dressEdge, dressNode, type EdgeDress, type NodeDress, type Palette, type Seen } from './dress';

/** The drawn network: what both painters read. */
export type Picture = MultiGraph<NodeDress, EdgeDress>;

/** What is done with the mouse or a finger. */
export interface Hands {
  pick(id: string): void;
  grow(id: string): void;
}

export interface Painter {
  readonly by: 'webgl' | 'canvas';
  /** Takes over what the picture now holds. */
  refresh(palette: Palette): void;
  /** Moves so that these are seen; all of them where none are named. Without motion where `still`. */
  show(ids: readonly string[] | null, still: boolean): void;
  zoom(by: number, still: boolean): void;
  /** Moves the picture by so many pixels. */
  pan(dx: number, dy: number): void;
  /** Moves no further than it takes to see this one. */
  reveal(id: string): void;
  stop(): void;
}

export function newPicture(): Picture {
  return new MultiGraph<NodeDress, EdgeDress>();
}

/** Brings the picture in step with the net: what is gone goes, what is new comes, and all are dressed. */
export function paint(picture: Picture, seen: Seen): void {
  const { net } = seen;
  for (const id of picture.nodes()) if (!net.nodes.has(id)) picture.dropNode(id);
  for (const id of net.nodes.keys()) if (!picture.hasNode(id)) picture.addNode(id, dressNode(id, seen));
  const keys = new Map(net.edges.map((edge) => [`${edge.from} ${edge.kind} ${edge.to}`, edge]));
  for (const key of picture.edges()) if (!keys.has(key)) picture.dropEdge(key);
  for (const [key, edge] of keys)
    if (!picture.hasEdge(key)) picture.addEdgeWithKey(key, edge.from, edge.to, dressEdge(edge, seen));
  picture.updateEachNodeAttributes((id) => dressNode(id, seen));
  // Named, so that a painter knows that their order may have changed.
  const attributes = ['color', 'size', 'type', 'zIndex'] as ('color' | 'size' | 'type' | 'zIndex')[];
  picture.updateEachEdgeAttributes(
    (key, old) => {
      const edge = keys.get(key);
      return edge ? dressEdge(edge, seen) : old;
    },
    { attributes },
  );
}

type Drawn = { x: number; y: number; size: number };

/** What stands in a sign, and the ring of the chosen one; for both painters. */
export function drawGlyph(
  context: CanvasRenderingContext2D,
  node: Drawn & Pick<NodeDress, 'glyph' | 'glyphColor' | 'ringed'>,
  palette: Palette,
): void {
  if (node.ringed) {
    context.beginPath();
    context.arc(node.x, node.y, node.size + 4 * palette.unit, 0, 2 * Math.PI);
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.stroke();
  }
  if (!node.glyph || node.size <= 6 * palette.unit) return;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = node.glyphColor;
  context.font = `640 ${Math.round(node.size * (node.glyph.length > 1 ? 0.78 : 1.15))}px ${palette.font}`;
  context.fillText(node.glyph, node.x, node.y + 0.5);
}

export type Worded = Drawn &
  Pick<NodeDress, 'label' | 'sub' | 'labelColor' | 'ringed' | 'forceLabel' | 'zIndex'>;

/** So many signs get words at the most: more cannot be read. */
const mostWords = 160;
/** Under this size a sign is too far off for words. */
export const leastSize = 4;

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * The words beside the signs, where they cover neither each other nor another sign: the important first. They stand under
 * their sign where there is room, else over it, right or left of it, and within the host where they can. For both painters.
 * On a sheet that is larger than the host there are so many times as many.
 */
export function drawWords(
  context: CanvasRenderingContext2D,
  nodes: Worded[],
  palette: Palette,
  host: Box,
  times = 1,
): void {
  const { unit } = palette;
  const order = nodes
    .filter((node) => node.label && (node.forceLabel || node.size >= leastSize))
    .sort((a, b) => Number(b.ringed) - Number(a.ringed) || b.zIndex - a.zIndex || weight(b) - weight(a))
    .slice(0, mostWords * times);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const taken: Box[] = order.map(({ x, y, size }) => square(x, y, size));
  for (const node of order) {
    const font = `${node.ringed ? 640 : 450} ${12 * unit}px ${palette.font}`;
    context.font = font;
    const width = widthOf(context, font, node.label) + 6 * unit;
    const places = around(node, width, (node.sub ? 28 : 16) * unit, (node.ringed ? 6 : 2) * unit);
    const isFree = (place: Box) => !taken.some((one) => touch(place, one));
    const box =
      places.find((place) => holds(host, place) && isFree(place)) ??
      places.find(isFree) ??
      (node.ringed && places[0]);
    if (!box) continue;
    taken.push(box);
    const middle = (box.left + box.right) / 2;
    line(context, node.label, middle, box.top + 8 * unit, node.labelColor, palette);
    if (!node.sub) continue;
    context.font = `400 ${10.5 * unit}px ${palette.font}`;
    line(context, node.sub, middle, box.top + 21 * unit, palette.ink3, palette);
  }
}

const square = (x: number, y: number, far: number): Box => ({
  left: x - far,
  right: x + far,
  top: y - far,
  bottom: y + far,
});

const touch = (a: Box, b: Box): boolean =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

const holds = (host: Box, one: Box): boolean =>
  one.left >= host.left && one.right <= host.right && one.top >= host.top && one.bottom <= host.bottom;

/** Where words of this width and height can stand, the best place first. */
function around({ x, y, size }: Drawn, width: number, height: number, gap: number): Box[] {
  const far = size + gap;
  const from = (left: number, top: number): Box => ({ left, right: left + width, top, bottom: top + height });
  return [
    from(x - width / 2, y + far),
    from(x - width / 2, y - far - height),
    from(x + far, y - height / 2),
    from(x - far - width, y - height / 2),
  ];
}

/** Widths of words that were measured, by font: measuring is what takes long in a frame. */
const widths = new Map<string, number>();

function widthOf(context: CanvasRenderingContext2D, font: string, text: string): number {
  const key = `${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const { width } = context.measureText(text);
  if (widths.size > 5_000) widths.clear();
  widths.set(key, width);
  return width;
}

const weight = (node: Worded) => Number(node.forceLabel) * 100 + node.size;

/** A rim of paper keeps the words readable over lines. */
function line(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  color: string,
  palette: Palette,
): void {
  context.strokeStyle = palette.paper;
  context.lineWidth = 4 * palette.unit;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** With WebGL where a graphics card draws; else on a plain canvas; or as somebody says who measures. */
export async function painterFor(
  host: HTMLElement,
  picture: Picture,
  hands: Hands,
  palette: Palette,
  by: Painter['by'] | null = null,
): Promise<Painter> {
  if (by === 'webgl' || (by === null && hasCard())) {
    try {
      const { sigmaPainter } = await import('./sigma-painter');
      return sigmaPainter(host, picture, hands, palette);
    } catch {
      host.replaceChildren();
    }
  }
  const { canvasPainter } = await import('./canvas-painter');
  return canvasPainter(host, picture, hands, palette);
}
