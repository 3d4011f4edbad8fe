import type { StateStore } from '../../core/state-store';
import type { EchoState } from '../echo-state';

/**
 * Tells when the page shows an open vault, and when it no longer does.
 *
 * @returns a function that ends the watch
 */
export function watchVault(
  store: StateStore<EchoState>,
  told: { readonly onOpened: () => void; readonly onClosed: () => void },
): () => void {
  let wasOpen = store.state.vault.kind === 'open';
  return store.subscribe(() => {
    const isOpen = store.state.vault.kind === 'open';
    if (isOpen === wasOpen) return;
    wasOpen = isOpen;
    if (isOpen) told.onOpened();
    else told.onClosed();
  });
}
