import type { Compute } from '../../compute/compute-contract';
import type { Clock } from '../../core/clock';
import type { RecordStore } from '../../vault/vault-types';
import type { TunableEncoder } from '../encoder/encoder-model';
import type { TrainScorer } from '../recognition/trained-scorer-schedule';
import { ADAPTER_MODEL_ID, loadAdapter, saveAdapter } from './adapter-codec';
import type { HeldTraining } from './held-training';
import { canTune, tuneEncoder } from './tune-encoder';

export interface EncoderTunerOptions {
  readonly compute: Pick<Compute, 'tune'>;
  readonly store: RecordStore;
  readonly clock: Clock;
  /** `undefined` until the encoder is there. */
  readonly encoder: () => TunableEncoder | undefined;
  readonly held?: HeldTraining;
}

/**
 * Keeps the adapter in the vault: one that was trained on exactly the takes at hand is read back, any other is trained
 * anew and stored. One that could not be stored still works; it is trained again next time.
 */
export function createEncoderTuner({
  compute,
  store,
  clock,
  encoder,
  held,
}: EncoderTunerOptions): TrainScorer {
  return async (exemplars, signal) => {
    const shipped = encoder();
    if (shipped === undefined || !canTune(exemplars)) return undefined;
    const stored = await store.get('models', ADAPTER_MODEL_ID);
    if (stored.ok && stored.value !== undefined) {
      const tuned = loadAdapter(stored.value, exemplars, shipped);
      if (tuned.ok) return tuned.value;
    }
    await held?.whenLetGo(signal);
    if (signal.aborted) return undefined;
    const tuned = await tuneEncoder(exemplars, compute, shipped, { signal });
    // Without an adapter the encoder hears as it was shipped; why there is none shows in the backend's status.
    if (!tuned.ok || signal.aborted) return undefined;
    const row = saveAdapter(tuned.value, exemplars, shipped, clock.now());
    await store.write([{ op: 'put', table: 'models', row }]);
    return tuned.value;
  };
}
