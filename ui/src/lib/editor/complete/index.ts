import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  startCompletion,
  type Completion,
} from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type Command } from '@codemirror/view';
import { acceptOffer } from '../keys/items';
import { offersAt } from '../preview/chips';
import { complete, type Shown } from './sources';

export { isUnfinished } from './sources';

/** Completion of `@`, `#`, `^` and `/`; Enter and Tab accept, Esc closes. */
export function completion(): Extension {
  return [
    autocompletion({
      override: [complete],
      icons: false,
      activateOnTypingDelay: 0,
      interactionDelay: 0,
      maxRenderedOptions: 50,
      tooltipClass: () => 'note-completion',
      optionClass: ({ type }) => (type === 'new' ? 'note-new' : ''),
      addToOptions: [
        { position: 20, render: (option) => badge(option) },
        { position: 90, render: () => enterKey() },
      ],
    }),
    Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  ];
}

/** Takes what is offered at the cursor; where it may mean several things, asks which. */
export const takeOffer: Command = (view) => {
  if (acceptOffer(view)) return true;
  if (offersAt(view.state).length > 1 && completionStatus(view.state) === null) return startCompletion(view);
  return true;
};

function badge(option: Completion): HTMLElement {
  const sign = document.createElement('span');
  sign.textContent = (option as Shown).badge;
  sign.className = /^[\p{L}\p{N}]{1,2}$/u.test(sign.textContent) ? 'note-avatar' : 'note-badge';
  sign.setAttribute('aria-hidden', 'true');
  return sign;
}

function enterKey(): HTMLElement {
  const key = document.createElement('kbd');
  key.textContent = '↵';
  key.setAttribute('aria-hidden', 'true');
  return key;
}
