import { shapes, type NodeDress, type Palette } from './dress';
import { drawGlyph, drawWords, type Hands, type Painter, type Picture } from './painter';

/** Draws the picture on a plain canvas, where there is no WebGL. */
export function canvasPainter(host: HTMLElement, picture: Picture, hands: Hands, palette: Palette): Painter {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;touch-action:none';
  host.append(canvas);
  const context = canvas.getContext('2d');
  const camera = { x: 0, y: 0, scale: 1 };
  let colours = palette;
  let [width, height] = [0, 0];
  let due = 0;
  let hovered: string | null = null;

  const toScreen = ({ x, y }: { x: number; y: number }) => ({
    x: (x - camera.x) * camera.scale + width / 2,
    y: (camera.y - y) * camera.scale + height / 2,
  });
  const sizeAt = (size: number) => size * Math.min(1.6, Math.max(0.2, Math.sqrt(camera.scale)));

  function later(): void {
    due ||= requestAnimationFrame(() => {
      due = 0;
      draw();
    });
  }

  function draw(): void {
    if (!context) return;
    const dots = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * dots) || canvas.height !== Math.round(height * dots)) {
      canvas.width = Math.round(width * dots);
      canvas.height = Math.round(height * dots);
    }
    context.setTransform(dots, 0, 0, dots, 0, 0);
    context.clearRect(0, 0, width, height);
    edges(context);
    const shown = nodes(context);
    drawWords(context, shown, colours);
  }

  function edges(on: CanvasRenderingContext2D): void {
    // One path for each look: thousands of lines are a handful of strokes.
    const paths = new Map<string, { color: string; size: number; path: Path2D }>();
    picture.forEachEdge((_key, { color, size, type }, _from, _to, source, target) => {
      const [a, b] = [toScreen(source), toScreen(target)];
      if (Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > width) return;
      if (Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > height) return;
      const look = `${color} ${size}`;
      const at = paths.get(look) ?? { color, size, path: new Path2D() };
      paths.set(look, at);
      at.path.moveTo(a.x, a.y);
      at.path.lineTo(b.x, b.y);
      if (type !== 'arrow') return;
      const turn = Math.atan2(b.y - a.y, b.x - a.x);
      const end = sizeAt(target.size) + 1;
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

  function nodes(on: CanvasRenderingContext2D): NodeDress[] {
    const shown: NodeDress[] = [];
    picture.forEachNode((id, node) => {
      const at = toScreen(node);
      const size = sizeAt(node.size);
      if (at.x < -60 || at.x > width + 60 || at.y < -30 || at.y > height + 30) return;
      const seen = { ...node, ...at, size };
      if (id === hovered) Object.assign(seen, { forceLabel: true, zIndex: 3, labelColor: colours.ink });
      shown.push(seen);
      drawSign(on, seen, colours);
      drawGlyph(on, seen, colours);
    });
    return shown;
  }

  function at(event: MouseEvent): string | null {
    const box = canvas.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    let [best, near] = [null as string | null, Infinity];
    picture.forEachNode((id, node) => {
      const { x, y } = toScreen(node);
      const far = Math.hypot(x - point.x, y - point.y) - sizeAt(node.size);
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
      if (over !== hovered) later();
      hovered = over;
      canvas.style.cursor = over ? 'pointer' : '';
      return;
    }
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    held = { x: event.clientX, y: event.clientY, moved: true };
    camera.x -= dx / camera.scale;
    camera.y += dy / camera.scale;
    later();
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
      later();
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
      later();
    },
    stop() {
      cancelAnimationFrame(due);
      sizes.disconnect();
      canvas.remove();
    },
  };
}

function drawSign(
  on: CanvasRenderingContext2D,
  { x, y, size, shape, color }: NodeDress,
  palette: Palette,
): void {
  const open = shape === shapes.ring || shape === shapes.openDiamond || shape >= shapes.openSquare;
  on.beginPath();
  if (shape === shapes.disc || shape === shapes.ring) on.arc(x, y, size, 0, 2 * Math.PI);
  else if (shape === shapes.diamond || shape === shapes.openDiamond) {
    const far = size * 1.2;
    on.moveTo(x, y - far);
    on.lineTo(x + far, y);
    on.lineTo(x, y + far);
    on.lineTo(x - far, y);
    on.closePath();
  } else if (shape === shapes.hash) {
    const [out, inner] = [size * 0.95, size * 0.35];
    for (const step of [-inner, inner]) {
      on.moveTo(x + step, y - out);
      on.lineTo(x + step, y + out);
      on.moveTo(x - out, y + step);
      on.lineTo(x + out, y + step);
    }
  } else on.roundRect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, size * 0.28);
  if (shape !== shapes.hash) {
    on.fillStyle = open ? palette.paper : color;
    on.fill();
  }
  if (open) {
    on.strokeStyle = color;
    on.lineWidth = 1.5;
    on.stroke();
  }
  if (shape === shapes.dotted) {
    on.beginPath();
    on.arc(x, y, size * 0.3, 0, 2 * Math.PI);
    on.fillStyle = color;
    on.fill();
  }
}
