import { Vault } from '../../../src/vault/vault';
import { worked } from '../../browser/vault/sample-rows';

/** Small, so that a kill falls between two steps as well as into one. */
const ROWS_A_STEP = 8;

/** Another session on the vault of the app, as another tab has one. */
export async function secondSession(): Promise<Vault> {
  const session = new Vault({ name: 'claude-echo' });
  await worked(session.unlock());
  return session;
}

/** Seals every row anew until nothing is left to do. */
export async function rotateToTheEnd(session: Vault): Promise<void> {
  while ((await worked(session.rotationStep(ROWS_A_STEP))).isMore) await Promise.resolve();
}
