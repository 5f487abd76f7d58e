import '@fontsource-variable/inter/wght.css';
import './lib/design/tokens.css';
import './lib/design/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { openBackend } from './lib/backend';

// Asked for at once: the first words would else be drawn in another font, and jump as this one comes.
void document.fonts?.load('1rem "Inter Variable"');

const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the app.');
await openBackend();
mount(App, { target });
