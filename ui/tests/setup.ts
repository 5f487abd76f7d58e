import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';

afterEach(cleanup);
// A busy machine is no failure.
configure({ asyncUtilTimeout: 5_000 });
