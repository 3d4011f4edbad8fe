import type { Compute, ComputeError } from '../../compute/compute-contract';
import type { Result } from '../../core/result';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { EncoderError } from './encoder-manifest';
import { type EncoderModel, readEncoderModel, type TunableEncoder } from './encoder-model';

export type EncoderStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly version: string }
  /** Echo still works: templates alone decide. `reason` says what would help. */
  | { readonly kind: 'unavailable'; readonly reason: EncoderUnavailable['kind']; readonly detail: string };

type EncoderUnavailable = EncoderError | Exclude<ComputeError, { readonly kind: 'aborted' }>;

export interface UtteranceEncoderOptions {
  readonly compute: Pick<Compute, 'loadEncoder' | 'encode'>;
  /** As read from `manifest.json`, unchecked. */
  readonly manifest: unknown;
  readonly fetchWeights: () => Promise<Result<Uint8Array<ArrayBuffer>, EncoderError>>;
  /** Called with every new status. */
  readonly onStatus?: (status: EncoderStatus) => void;
}

/**
 * The shipped encoder in front of the recogniser: adds embeddings to features where it can and leaves them as
 * they are where it cannot.
 *
 * @example
 * const encoder = new UtteranceEncoder({ compute, manifest, fetchWeights: () => fetchEncoder(url) });
 * await encoder.load();
 * const { embedding } = await encoder.encode(clip.features);
 */
export class UtteranceEncoder {
  readonly #options: UtteranceEncoderOptions;
  #status: EncoderStatus = { kind: 'loading' };
  #model: EncoderModel | undefined;
  #loading: Promise<EncoderStatus> | undefined;

  constructor(options: UtteranceEncoderOptions) {
    this.#options = options;
  }

  /** `loading` also before `load` was called. */
  get status(): EncoderStatus {
    return this.#status;
  }

  /** What was read, with the cohort and the background; there as soon as the file was found whole. */
  get model(): EncoderModel | undefined {
    return this.#model;
  }

  /** What an adapter begins with; none before the file was read. */
  get tunable(): TunableEncoder | undefined {
    return this.#model && { ...this.#model.weights, version: this.#model.version };
  }

  /** Voiceprints of strangers, a row each; none before the file was read. */
  get strangers(): readonly Float32Array[] {
    if (this.#model === undefined) return [];
    const { data, dimensions, frameCount } = this.#model.cohort;
    return Array.from({ length: frameCount }, (_, row) =>
      data.subarray(row * dimensions, (row + 1) * dimensions),
    );
  }

  /**
   * Fetches and checks the weights and tries them on a backend. Does nothing when they are ready, joins a
   * load in progress, and tries again after one that failed. Never rejects.
   */
  load(): Promise<EncoderStatus> {
    if (this.#status.kind === 'ready') return Promise.resolve(this.#status);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /**
   * The same features with their embedding. Unchanged where the encoder is not available, where there is
   * nothing to encode, and when aborted. Loads first if nobody has, and waits for that.
   */
  async encode(features: UtteranceFeatures, signal?: AbortSignal): Promise<UtteranceFeatures> {
    if (this.#status.kind === 'loading') await this.load();
    if (this.#model === undefined) return features;
    const encoded = await this.#options.compute.encode(features.logMel, signal);
    if (encoded.ok) {
      this.#setReady(this.#model);
      return { ...features, embedding: encoded.value };
    }
    if (encoded.error.kind === 'no-backend') this.#setUnavailable(encoded.error);
    return features;
  }

  async #load(): Promise<EncoderStatus> {
    this.#setStatus({ kind: 'loading' });
    const model = await this.#read();
    if (model === undefined) return this.#status;
    const loaded = await this.#options.compute.loadEncoder(model.weights);
    if (loaded.ok) this.#setReady(model);
    else if (loaded.error.kind === 'no-backend') this.#setUnavailable(loaded.error);
    return this.#status;
  }

  async #read(): Promise<EncoderModel | undefined> {
    if (this.#model !== undefined) return this.#model;
    const bytes = await this.#options.fetchWeights();
    const model = bytes.ok ? await readEncoderModel(this.#options.manifest, bytes.value) : bytes;
    if (model.ok) this.#model = model.value;
    else this.#setUnavailable(model.error);
    return this.#model;
  }

  #setReady({ version }: EncoderModel): void {
    if (this.#status.kind !== 'ready') this.#setStatus({ kind: 'ready', version });
  }

  #setUnavailable({ kind, detail }: EncoderUnavailable): void {
    this.#setStatus({ kind: 'unavailable', reason: kind, detail });
  }

  #setStatus(status: EncoderStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }
}
