import { live } from '$lib/app';
import { backend } from '$lib/backend';
import type { Failure, SyncStatus } from '$lib/backend/types';

/** How the accounts stand, as the backend tells it while it syncs. Call it as a component is made. */
export function syncStatus(): {
  readonly value: SyncStatus | undefined;
  readonly failure: Failure | null;
  reload(): Promise<void>;
} {
  let told = $state.raw<SyncStatus | null>(null);
  const asked = live(async () => {
    const status = await backend().syncStatus();
    told = null;
    return status;
  }, ['account', 'calendar', 'meeting', 'setting']);
  $effect(() => backend().onSyncStatus((status) => (told = status)));
  return {
    get value() {
      return told ?? asked.value;
    },
    get failure() {
      return asked.failure;
    },
    reload: asked.reload,
  };
}
