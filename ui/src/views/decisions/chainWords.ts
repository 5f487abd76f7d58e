const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

/** "third in its chain". */
export function placeWords(place: number): string {
  return place > 1 ? `${ordinals[place] ?? `number ${place}`} in its chain` : '';
}
