import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keyCaps, keys } from '../src/lib/app/keys.svelte';

const stops: (() => void)[] = [];
beforeEach(() => {
  keys.letters = true;
  keys.platform = 'linux';
  keys.layer = 0;
});
afterEach(() => stops.splice(0).forEach((stop) => stop()));

function bind(binding: {
  letter?: string;
  chord?: string | string[];
  always?: boolean;
  when?: () => boolean;
}) {
  const run = vi.fn();
  stops.push(keys.bind('Test', [{ does: 'it', run, ...binding }]));
  return run;
}

function press(init: KeyboardEventInit, target: HTMLElement = document.body): boolean {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  return keys.press(event);
}

test('A key that what is bound later has is taken, while that holds', () => {
  let held = true;
  bind({ letter: 't', chord: 'Mod+1' });
  const group = keys.groups.at(-1) ?? '';
  expect(keys.taken('t', group)).toBe(false);
  bind({ letter: 't', when: () => held });
  expect(keys.taken('t', group)).toBe(true);
  expect(keys.taken('Mod+1', group)).toBe(false);
  held = false;
  expect(keys.taken('t', group)).toBe(false);
});

describe('A letter', () => {
  test('works outside text fields, and not in them', () => {
    const run = bind({ letter: 'm' });
    press({ key: 'm' });
    expect(run).toHaveBeenCalledOnce();
    press({ key: 'm' }, document.createElement('textarea'));
    press({ key: 'm' }, document.createElement('input'));
    expect(run).toHaveBeenCalledOnce();
    const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
    press({ key: 'm' }, box);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('can be turned off, and is not taken with a modifier', () => {
    const run = bind({ letter: 'm' });
    press({ key: 'm', ctrlKey: true });
    press({ key: 'M', shiftKey: true });
    keys.letters = false;
    press({ key: 'm' });
    expect(run).not.toHaveBeenCalled();
  });

  test('is the Latin one of its place on a Cyrillic keyboard', () => {
    const run = bind({ letter: 'm' });
    press({ key: 'ь', code: 'KeyM' });
    expect(run).toHaveBeenCalledOnce();
  });

  test('such as ? and [ is taken as it is written, AltGr and all', () => {
    const [help, before] = [bind({ letter: '?' }), bind({ letter: '[' })];
    press({ key: '?', shiftKey: true });
    const german = new KeyboardEvent('keydown', { key: '[', ctrlKey: true, altKey: true, cancelable: true });
    Object.defineProperty(german, 'getModifierState', { value: (name: string) => name === 'AltGraph' });
    keys.press(german);
    expect(help).toHaveBeenCalledOnce();
    expect(before).toHaveBeenCalledOnce();
  });
});

describe('A chord', () => {
  test('works in a text field too, with just its modifiers', () => {
    const run = bind({ chord: 'Mod+Shift+M' });
    const field = document.createElement('textarea');
    press({ key: 'm', ctrlKey: true }, field);
    expect(run).not.toHaveBeenCalled();
    press({ key: 'M', ctrlKey: true, shiftKey: true }, field);
    expect(run).toHaveBeenCalledOnce();
    keys.platform = 'macos';
    press({ key: 'M', ctrlKey: true, shiftKey: true }, field);
    expect(run).toHaveBeenCalledOnce();
    press({ key: 'M', metaKey: true, shiftKey: true }, field);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('with a digit goes by the key, with a sign by what is written', () => {
    const [one, slash] = [bind({ chord: 'Mod+1' }), bind({ chord: 'Mod+/' })];
    press({ key: '&', code: 'Digit1', ctrlKey: true });
    press({ key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true });
    expect(one).toHaveBeenCalledOnce();
    expect(slash).toHaveBeenCalledOnce();
  });
});

describe('Bindings', () => {
  test('bound later win, and give way again', () => {
    const first = bind({ letter: 's' });
    const second = vi.fn();
    const stop = keys.bind('Test', [{ letter: 's', does: 'that', run: second }]);
    press({ key: 's' });
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
    stop();
    press({ key: 's' });
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
  });

  test('that do not hold let the key through to the ones below', () => {
    const below = bind({ letter: 's' });
    const above = bind({ letter: 's', when: () => false });
    expect(press({ key: 's' })).toBe(true);
    expect(below).toHaveBeenCalledOnce();
    expect(above).not.toHaveBeenCalled();
  });

  test('rest while a dialog lies over them, but for those that always work', () => {
    const [below, discreet] = [bind({ letter: 's' }), bind({ chord: 'Mod+Shift+D', always: true })];
    keys.layer = 1;
    const inside = bind({ letter: 'x' });
    press({ key: 's' });
    press({ key: 'x' });
    press({ key: 'D', ctrlKey: true, shiftKey: true });
    expect(below).not.toHaveBeenCalled();
    expect(inside).toHaveBeenCalledOnce();
    expect(discreet).toHaveBeenCalledOnce();
  });

  test('leave alone what somebody else has taken', () => {
    const run = bind({ letter: 's' });
    const event = new KeyboardEvent('keydown', { key: 's', cancelable: true });
    event.preventDefault();
    keys.press(event);
    expect(run).not.toHaveBeenCalled();
  });
});

test('Keys are printed as the platform prints them', () => {
  expect(keyCaps('Mod+Shift+M', 'linux')).toEqual(['Ctrl', 'Shift', 'M']);
  expect(keyCaps('Mod+Shift+M', 'macos')).toEqual(['⇧', '⌘', 'M']);
  expect(keyCaps('Mod+Enter', 'windows')).toEqual(['Ctrl', '↵']);
});
