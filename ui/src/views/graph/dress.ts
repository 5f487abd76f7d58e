import type { GraphEdge, GraphNode } from '$lib/backend/types';
import { initials, shortDay } from '$lib/format';
import { titleOf } from '$lib/domain/itemTitle';
import { type Net } from './net';
import type { Place } from './layout';

/** The colours and sizes of the window, as the painters need them. */
export interface Palette {
  paper: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  accent: string;
  accentInk: string;
  accentSoft: string;
  action: string;
  question: string;
  late: string;
  done: string;
  font: string;
  /** So many pixels stand for one where the window is shown at 100 %. */
  unit: number;
}

/** Reads the colours of the present theme, and how large everything is shown. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    paper: of('--paper', '#ffffff'),
    line: of('--line', '#dddddd'),
    lineStrong: of('--line-strong', '#bbbbbb'),
    ink: of('--ink', '#111111'),
    ink2: of('--ink-2', '#444444'),
    ink3: of('--ink-3', '#666666'),
    accent: of('--accent', '#006666'),
    accentInk: of('--accent-ink', '#ffffff'),
    accentSoft: of('--accent-soft', '#dddddd'),
    action: of('--action', '#0000cc'),
    question: of('--question', '#885500'),
    late: of('--late', '#bb2222'),
    done: of('--done', '#777777'),
    font: of('--font', 'sans-serif'),
    unit: (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16,
  };
}

/** The outlines of the signs; the numbers are those of the shader. */
export const shapes = {
  disc: 0,
  ring: 1,
  diamond: 2,
  openDiamond: 3,
  square: 4,
  openSquare: 5,
  dotted: 6,
  hash: 7,
  coredDiamond: 8,
} as const;
export type Shape = (typeof shapes)[keyof typeof shapes];

export interface NodeDress {
  x: number;
  y: number;
  size: number;
  color: string;
  type: 'sign';
  shape: Shape;
  label: string;
  /** Smaller, under the label: the day of a meeting. */
  sub: string;
  /** Drawn into the sign: initials, or a question mark. */
  glyph: string;
  glyphColor: string;
  labelColor: string;
  /** Its words always show. */
  forceLabel: boolean;
  /** A ring around it: the chosen one. */
  ringed: boolean;
  zIndex: number;
}

export interface EdgeDress {
  color: string;
  size: number;
  type: 'line' | 'arrow';
  zIndex: number;
}

export interface Seen {
  net: Net;
  places: ReadonlyMap<string, Place>;
  center: string | null;
  chosen: string | null;
  /** The way that is shown, node by node; everything else steps back. */
  way: readonly string[];
  today: string;
  palette: Palette;
}

/** How a node looks. */
export function dressNode(id: string, seen: Seen): NodeDress {
  const node = seen.net.nodes.get(id) as GraphNode;
  const { palette, chosen, center, way } = seen;
  const [shape, plain, size] = signOf(node, palette);
  const main = id === center;
  const beside = chosen !== null && (seen.net.near.get(id) ?? []).some(({ other }) => other === chosen);
  const back = way.length > 0 && !way.includes(id) && id !== chosen;
  const soft = node.kind === 'person' || node.kind === 'organization';
  const color = main && soft ? palette.accent : plain;
  return {
    ...(seen.places.get(id) ?? { x: 0, y: 0 }),
    size: (main ? size * 1.5 : size) * palette.unit,
    color: back ? mixed(color, palette.paper, 0.7) : color,
    type: 'sign',
    shape,
    label: clipped(titleOf(node)),
    sub: node.kind === 'meeting' && node.date ? shortDay(node.date, seen.today) : '',
    glyph: node.kind === 'question' ? '?' : soft ? initials(node.title) : '',
    glyphColor: back
      ? mixed(palette.ink3, palette.paper, 0.6)
      : node.kind === 'question'
        ? color
        : main
          ? palette.accentInk
          : palette.accent,
    labelColor: back
      ? mixed(palette.ink3, palette.paper, 0.6)
      : main || id === chosen || way.includes(id)
        ? palette.ink
        : ['person', 'organization', 'meeting', 'series'].includes(node.kind)
          ? palette.ink
          : palette.ink2,
    forceLabel: main || id === chosen || way.includes(id) || (beside && way.length === 0),
    ringed: id === chosen,
    zIndex: main || id === chosen ? 2 : back ? 0 : 1,
  };
}

/** How an edge looks: coloured by what it means, darker where it belongs to the chosen one or the way. */
export function dressEdge(edge: GraphEdge, seen: Seen): EdgeDress {
  const { palette, chosen, way } = seen;
  const at = way.indexOf(edge.from);
  const onWay = at >= 0 && (way[at + 1] === edge.to || way[at - 1] === edge.to);
  const touches = edge.from === chosen || edge.to === chosen;
  const meaning: Record<string, string> = {
    decided_by: palette.accent,
    assigned_to: palette.action,
    asked_by: palette.question,
    answers: palette.question,
    supersedes: palette.ink3,
    blocked_by: palette.late,
  };
  const plain = meaning[edge.kind]
    ? mixed(meaning[edge.kind] ?? '', palette.paper, 0.45)
    : palette.lineStrong;
  const arrow = ['supersedes', 'blocked_by', 'answers', 'continues'].includes(edge.kind);
  return {
    color:
      way.length > 0
        ? onWay
          ? palette.accent
          : mixed(palette.line, palette.paper, 0.4)
        : touches
          ? (meaning[edge.kind] ?? mixed(palette.ink3, palette.paper, 0.15))
          : plain,
    size: onWay ? 2.4 : touches && way.length === 0 ? 1.5 : 1,
    type: arrow ? 'arrow' : 'line',
    zIndex: onWay || touches ? 1 : 0,
  };
}

function signOf({ kind, status }: GraphNode, palette: Palette): [Shape, string, number] {
  switch (kind) {
    case 'person':
      return [shapes.disc, palette.accentSoft, 12];
    case 'organization':
      return [shapes.square, palette.accentSoft, 12];
    case 'series':
      return [shapes.dotted, palette.ink2, 8];
    case 'meeting':
      return [shapes.openSquare, status === 'cancelled' ? palette.lineStrong : palette.ink3, 7];
    case 'decision':
      return status === 'superseded'
        ? [shapes.openDiamond, palette.ink3, 7.5]
        : status === 'proposed'
          ? [shapes.coredDiamond, palette.accent, 7.5]
          : [shapes.diamond, palette.accent, 7.5];
    case 'action':
      return status === 'done'
        ? [shapes.disc, palette.done, 6]
        : [shapes.ring, status === 'dropped' ? palette.lineStrong : palette.action, 6.5];
    case 'question':
      return [shapes.ring, status === 'answered' ? palette.ink3 : palette.question, 8];
    case 'topic':
      return [shapes.hash, palette.ink3, 7];
  }
}

function clipped(title: string): string {
  return title.length > 26 ? `${title.slice(0, 24).trimEnd()}…` : title;
}

/** Mixed before: a picture has thousands of lines in a dozen colours. */
const mixtures = new Map<string, string>();

/** A colour, and so much of another in it. Both are `#rrggbb`. */
export function mixed(color: string, other: string, share: number): string {
  const key = `${color} ${other} ${share}`;
  const known = mixtures.get(key) ?? mix(color, other, share);
  mixtures.set(key, known);
  return known;
}

function mix(color: string, other: string, share: number): string {
  const part = (text: string, at: number) => parseInt(text.slice(1 + at * 2, 3 + at * 2), 16) || 0;
  return `#${[0, 1, 2]
    .map((at) => Math.round(part(color, at) * (1 - share) + part(other, at) * share))
    .map((one) => one.toString(16).padStart(2, '0'))
    .join('')}`;
}
