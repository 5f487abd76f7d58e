/** What a wheel or two fingers on a touchpad ask for: nearer by a factor, or the picture moved by so many pixels. */
export type Turn = { by: number } | { x: number; y: number };

/** Events of one gesture follow each other within this time, in milliseconds. */
const gesture = 250;

/**
 * Tells turns of a wheel from fingers on a touchpad: a wheel zooms, two fingers move the picture, and a pinch, which the
 * web view tells as a wheel with Ctrl, zooms. A wheel goes in whole notches and one way alone; what a gesture began as,
 * it stays. With Shift a wheel moves the picture, too.
 */
export function turns(): (event: WheelEvent) => Turn {
  let last = -Infinity;
  let wheel = true;
  return (event) => {
    const { deltaX, deltaY } = event;
    const notches = notched(event);
    if (event.timeStamp - last > gesture) wheel = notches;
    last = event.timeStamp;
    if (event.ctrlKey || event.metaKey) return { by: Math.exp(-deltaY / (notches ? 400 : 100)) };
    if (event.shiftKey) return { x: deltaX || deltaY, y: deltaX ? deltaY : 0 };
    return wheel ? { by: Math.exp(-deltaY / 400) } : { x: deltaX, y: deltaY };
  };
}

function notched(event: WheelEvent): boolean {
  if (event.deltaMode !== 0) return true;
  // A notch is 120 in this older measure, which every engine tells beside the pixels.
  const old = (event as { wheelDeltaY?: number }).wheelDeltaY;
  return event.deltaX === 0 && event.deltaY !== 0 && (old === undefined || (old !== 0 && old % 120 === 0));
}
