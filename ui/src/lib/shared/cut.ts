/** How far up from what is pointed at a line that is cut may stand. */
const UP = 3;

/** Tells whoever points at a line that ends in an ellipsis how it goes on, as its title. Gives back how to stop. */
export function tellWhatIsCut(root: HTMLElement): () => void {
  const told = new WeakSet<HTMLElement>();
  const over = ({ target }: Event): void => {
    let at = target instanceof Element ? target : null;
    for (let up = 0; at instanceof HTMLElement && up < UP; at = at.parentElement, up += 1) {
      if (at.title && !told.has(at)) return;
      if (getComputedStyle(at).textOverflow !== 'ellipsis') continue;
      if (at.scrollWidth > at.clientWidth) {
        told.add(at);
        at.title = shown(at);
      } else if (told.delete(at)) at.removeAttribute('title');
      return;
    }
  };
  root.addEventListener('pointerover', over);
  return () => root.removeEventListener('pointerover', over);
}

/** Its words, without those that are only read out. */
function shown(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const spoken of copy.querySelectorAll('.spoken')) spoken.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}
