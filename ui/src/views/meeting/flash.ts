/** Lights up the line of the note where the cursor is, for a moment: this is what one came for. */
export function flashLine(): void {
  const at = document.getSelection()?.anchorNode;
  const line = (at instanceof Element ? at : at?.parentElement)?.closest('.cm-line');
  const soft = getComputedStyle(document.documentElement).getPropertyValue('--accent-soft');
  // An animation, and no class: the editor would take a changed line for one to draw anew.
  line?.animate?.(
    [{ backgroundColor: soft }, { backgroundColor: soft, offset: 0.5 }, { backgroundColor: 'transparent' }],
    {
      duration: 1600,
      easing: 'ease-out',
    },
  );
}
