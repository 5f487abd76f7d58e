import type { Text } from '@codemirror/state';
import { stripAnchors } from './anchors';
import { readLine } from './line';

const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/;

/**
 * Where one would write on in a note nobody has the cursor in yet: in the first place a template leaves empty (a bullet
 * without words, an empty line under a heading that has nothing beneath it), and where there is none, at the end.
 */
export function writingPlace(doc: Text): number {
  for (let number = 1; number <= doc.lines; number += 1) {
    const line = doc.line(number);
    const text = stripAnchors(line.text);
    const read = readLine(text);
    if ((read.bullet || read.marker) && text.slice(read.content).trim() === '')
      return line.from + text.trimEnd().length + (/[ \t]$/.test(text) ? 1 : 0);
    if (heading.test(text) && isBare(doc, number)) {
      return number < doc.lines ? doc.line(number + 1).from : doc.length;
    }
  }
  return doc.length;
}

/** Whether nothing but empty lines stands between this heading and the next one, and at least one does. */
function isBare(doc: Text, number: number): boolean {
  for (let next = number + 1; next <= doc.lines; next += 1) {
    const { text } = doc.line(next);
    if (text.trim() === '') continue;
    return next > number + 1 && heading.test(text);
  }
  return number < doc.lines;
}
