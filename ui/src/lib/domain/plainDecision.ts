import { sentence } from '$lib/format';
import type { Decision } from '$lib/backend/types';

const TOPIC = /[\s,]*#[\p{L}\p{N}][\p{L}\p{N}_/.-]*$/u;
const HANDLE = /[\s,(]*@[\p{L}\p{N}][\p{L}\p{N}_.-]*\)?$/u;
const UNIT = 'days?|weeks?|months?|quarters?|years?|spring|summer|autumn|winter|q[1-4]|\\d[\\d./-]*';
const NAME = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const REVISIT = new RegExp(
  `[\\s,;(.]*\\brevisit(?:ed)?\\s+(?:in|by|on|at|after|before|within)\\s+(?:[\\w./-]+\\s+){0,4}(?:${UNIT}|${NAME})\\)?$`,
  'iu',
);
const LINK = /\s*\bsupersedes \^[\da-z]{6}$/iu;

/**
 * A decision's sentence without what is told beside it: at its end the topics, who decided, when to revisit it. Of the bare text of one all that looks so is taken for it.
 */
export function plainDecision(decision: Pick<Decision, 'text' | 'decided_by' | 'revisit'> | string): string {
  const whole = typeof decision === 'string';
  const ends = [
    TOPIC,
    LINK,
    ...(whole || decision.decided_by.length > 0 ? [HANDLE] : []),
    ...(whole || decision.revisit ? [REVISIT] : []),
  ];
  let text = (whole ? decision : decision.text).trim();
  for (let cut = true; cut;) {
    cut = false;
    for (const end of ends) {
      const rest = text.replace(end, '').trimEnd();
      if (rest !== text && rest !== '') {
        text = rest;
        cut = true;
      }
    }
  }
  return sentence(text);
}
