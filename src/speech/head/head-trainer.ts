import type { Compute } from '../../compute/compute-contract';
import type { Clock } from '../../core/clock';
import type { RecordStore } from '../../vault/vault-types';
import type { TrainScorer } from '../recognition/trained-scorer-schedule';
import { HEAD_MODEL_ID, loadHead, saveHead } from './head-codec';
import type { HeldTraining } from './held-training';
import { trainPhraseHead } from './phrase-head';

/**
 * Keeps the head in the vault: one that was trained on exactly the takes at hand is read back, any other is
 * trained anew and stored. A head that could not be stored still works; it is trained again next time.
 */
export function createHeadTrainer(
  compute: Pick<Compute, 'train'>,
  store: RecordStore,
  clock: Clock,
  held?: HeldTraining,
): TrainScorer {
  return async (exemplars, signal) => {
    const stored = await store.get('models', HEAD_MODEL_ID);
    if (stored.ok && stored.value !== undefined) {
      const head = loadHead(stored.value, exemplars);
      if (head.ok) return head.value;
    }
    await held?.whenLetGo(signal);
    if (signal.aborted) return undefined;
    const trained = await trainPhraseHead(exemplars, compute, { signal });
    // Without a head the templates decide alone; why there is none shows in the backend's status.
    if (!trained.ok) return undefined;
    if (!signal.aborted) {
      await store.write([{ op: 'put', table: 'models', row: saveHead(trained.value, clock.now()) }]);
    }
    return trained.value;
  };
}
