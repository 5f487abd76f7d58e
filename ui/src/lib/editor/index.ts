export { default as Editor } from './Editor.svelte';
export { default as RunningNote } from './RunningNote.svelte';
export { default as SaveStatus } from './SaveStatus.svelte';
export type { SaveState } from './saving/saving.svelte';
