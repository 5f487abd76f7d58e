import { describe, expect, it } from 'vitest';
import { anchorOf, stripAnchors } from './anchors';

describe('an anchor', () => {
  it.each([
    ['!! a ^k7m2xq', 'k7m2xq'],
    ['!! a ^k7m2xq  ', 'k7m2xq'],
    ['| a | b ^k7m2xq |', 'k7m2xq'],
    ['| a | ^k7m2xq |', 'k7m2xq'],
    ['=> b supersedes ^aaaaaa ^k7m2xq', 'k7m2xq'],
    ['the day after^k7m2xq ^bbbbbb', 'bbbbbb'],
    ['hereafter ^k7m2xq', 'k7m2xq'],
  ])('stands on %j', (line, id) => {
    expect(anchorOf(line)?.id).toBe(id);
  });

  it.each([
    '!! a ^k7m2xq b',
    'x^k7m2xq',
    '^K7M2XQ',
    'a ^k7m2x',
    '=> b supersedes ^k7m2xq',
    'after ^aaaaaa, ^bbbbbb',
    'after ^aaaaaa and ^bbbbbb',
    '',
    '^',
  ])('does not stand on %j', (line) => {
    expect(anchorOf(line)).toBeNull();
  });

  it('goes with the one blank before it, and trailing blanks stay', () => {
    expect(stripAnchors('!! a ^k7m2xq  \n| b ^aaaaaa |\n=> c  ^bbbbbb')).toBe('!! a  \n| b |\n=> c ');
  });
});
