export { arrive, atRest } from './arrival';
export { bindKeys, keyCaps, keys, overKeys, type Binding } from './keys.svelte';
export { live, type Live, type Pace } from './live.svelte';
export { LongList, type Heading, type Place } from './long-list.svelte';
export { back, go, router, type View } from './router.svelte';
export { clock, session } from './session.svelte';
export { attempt, complain, say, undo, undoSync } from './toasts.svelte';
