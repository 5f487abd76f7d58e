import { describe, expect, test } from 'vitest';
import { turns } from './wheel';

const wheel = (of: Partial<WheelEvent> & { wheelDeltaY?: number; at?: number }) =>
  ({
    deltaX: 0,
    deltaY: 0,
    deltaMode: 0,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    timeStamp: of.at ?? 0,
    ...of,
  }) as WheelEvent;
const notch = { deltaY: -100, wheelDeltaY: 120 };
const fingers = { deltaX: 3.5, deltaY: -7.25, wheelDeltaY: 21.75 };

describe('a wheel and fingers on a touchpad', () => {
  test('a notch of a wheel zooms: away from one nearer, towards one farther', () => {
    const turn = turns();
    expect(turn(wheel(notch))).toEqual({ by: Math.exp(0.25) });
    expect(turn(wheel({ deltaY: 100, wheelDeltaY: -120 }))).toEqual({ by: Math.exp(-0.25) });
    expect(turn(wheel({ deltaY: 3, deltaMode: 1 }))).toHaveProperty('by');
  });

  test('two fingers move the picture', () => {
    expect(turns()(wheel(fingers))).toEqual({ x: 3.5, y: -7.25 });
  });

  test('a gesture stays what it began as, however it goes on', () => {
    const turn = turns();
    turn(wheel({ ...fingers, at: 0 }));
    expect(turn(wheel({ deltaY: 40, wheelDeltaY: -120, at: 100 }))).toEqual({ x: 0, y: 40 });
    expect(turn(wheel({ deltaY: 40, wheelDeltaY: -120, at: 900 }))).toHaveProperty('by');
  });

  test('a pinch comes as a wheel with Ctrl, in small steps', () => {
    const near = turns()(wheel({ deltaY: -5, wheelDeltaY: 15, ctrlKey: true }));
    expect(near).toEqual({ by: Math.exp(0.05) });
    expect(turns()(wheel({ ...notch, ctrlKey: true }))).toEqual({ by: Math.exp(0.25) });
  });

  test('with Shift a wheel goes sideways', () => {
    expect(turns()(wheel({ ...notch, shiftKey: true }))).toEqual({ x: -100, y: 0 });
  });
});
