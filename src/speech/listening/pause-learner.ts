import * as v from 'valibot';
import {
  type HeardPauses,
  innerPausesMs,
  LearntPause,
  type LearntPauseSnapshot,
} from '../../audio/learnt-pause';
import type { Utterance } from '../../audio/utterance';
import type { Clock } from '../../core/clock';
import { ok, type Result } from '../../core/result';
import type { StoredModel } from '../../learning/records';
import type { RecordStore, VaultError } from '../../vault/vault-types';

/** Key of the learnt pause in the vault's table of models. */
export const PAUSE_MODEL_ID = 'learnt-pause';
const FORMAT = 1;

export interface PauseSettings {
  /** What the person chose: used as it is, or where learning starts. */
  readonly hangoverMs: number;
  readonly isLearnt: boolean;
}

/** What was learnt of the person's pauses, for words on a screen. */
export interface PauseReport {
  readonly hangoverMs: number;
  readonly utterances: number;
  readonly cutOffs: number;
}

export interface PauseLearnerOptions {
  readonly store: RecordStore;
  readonly clock: Clock;
  readonly settings: PauseSettings;
  readonly onHangover: (hangoverMs: number) => void;
  readonly onFailure: (error: VaultError) => void;
}

const DescriptionSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ startMs: v.number(), learnt: v.unknown() }),
);

/** Something heard, with how Echo took it. */
export interface HeardUtterance {
  readonly utterance: Utterance;
  /** As the stream of the microphone told them; none for push-to-talk. */
  readonly pauses: HeardPauses | undefined;
  readonly isAccepted: boolean;
}

/**
 * Keeps the pause that ends an utterance in step with the person: fed with what was accepted and with what was cut in
 * two, kept in the vault between visits. What they choose in the settings wins: with learning off it is used as it is,
 * and another choice is where learning starts anew.
 */
export class PauseLearner {
  readonly #options: PauseLearnerOptions;
  #settings: PauseSettings;
  #pause: LearntPause;
  #stored: { readonly startMs: number; readonly learnt: unknown } | undefined;
  #isLoaded = false;
  /** The utterance before, where it was not accepted: it may be the first half of one. */
  #half: Float32Array | undefined;

  constructor(options: PauseLearnerOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#pause = new LearntPause(options.settings.hangoverMs);
  }

  /** Milliseconds of silence that end an utterance now. */
  get hangoverMs(): number {
    return this.#settings.isLearnt ? this.#pause.hangoverMs : this.#settings.hangoverMs;
  }

  /** `undefined` before anything was heard to learn from. */
  get report(): PauseReport | undefined {
    const { utterances, cutOffs } = this.#pause.snapshot();
    return utterances + cutOffs === 0
      ? undefined
      : { hangoverMs: this.#pause.hangoverMs, utterances, cutOffs };
  }

  configure({ hangoverMs, isLearnt }: PauseSettings): void {
    const isNewStart = hangoverMs !== this.#settings.hangoverMs;
    this.#settings = { hangoverMs, isLearnt };
    if (isNewStart) this.#startAnew();
    this.#options.onHangover(this.hangoverMs);
  }

  async load(): Promise<Result<void, VaultError>> {
    const found = await this.#options.store.get('models', PAUSE_MODEL_ID);
    if (!found.ok) return found;
    this.#stored = storedIn(found.value);
    this.#isLoaded = true;
    this.#startAnew();
    this.#options.onHangover(this.hangoverMs);
    return ok(undefined);
  }

  /** Forgets everything, for a locked vault. */
  unload(): void {
    this.#isLoaded = false;
    this.#stored = undefined;
    this.#half = undefined;
    this.#startAnew();
    this.#options.onHangover(this.hangoverMs);
  }

  /** Something new is listened for: what comes next is no second half. */
  listen(): void {
    this.#half = undefined;
  }

  /**
   * @param isPhrase whether this sound would have been accepted. Two utterances that are nothing by themselves and a
   *   phrase together were one: without that question, people talking in the room would teach ever longer pauses
   */
  async hear(
    { utterance, pauses, isAccepted }: HeardUtterance,
    isPhrase: (samples: Float32Array) => Promise<boolean>,
  ): Promise<void> {
    const before = this.#half;
    this.#half = isAccepted || utterance.endedBy !== 'silence' ? undefined : utterance.samples;
    if (!this.#settings.isLearnt) return;
    const resumedAfterMs = pauses?.resumedAfterMs;
    if (isAccepted) this.accept(utterance.samples, pauses);
    else if (before !== undefined && resumedAfterMs !== undefined) {
      if (!(await isPhrase(joined(before, utterance.samples)))) return;
      this.#pause.observeCutOff(resumedAfterMs);
      this.#half = undefined;
      this.#keep();
    }
  }

  /** The person is content with where this was cut. */
  accept(samples: Float32Array, pauses: HeardPauses | undefined): void {
    if (!this.#settings.isLearnt) return;
    this.#pause.observeUtterance(pauses?.pausesMs ?? innerPausesMs(samples));
    this.#keep();
  }

  #startAnew(): void {
    const { hangoverMs } = this.#settings;
    this.#pause = new LearntPause(hangoverMs);
    // What cannot be read, or was learnt from another start, is as good as nothing.
    if (this.#stored?.startMs === hangoverMs) this.#pause.restore(this.#stored.learnt);
  }

  #keep(): void {
    const { store, clock, onHangover, onFailure } = this.#options;
    onHangover(this.hangoverMs);
    if (!this.#isLoaded) return;
    const learnt = this.#pause.snapshot();
    this.#stored = { startMs: this.#settings.hangoverMs, learnt };
    const row = rowOf(this.#stored.startMs, learnt, clock);
    void store.write([{ op: 'put', table: 'models', row }]).then((written) => {
      // A lock in between is no failure.
      if (!written.ok && this.#isLoaded) onFailure(written.error);
    });
  }
}

function rowOf(startMs: number, learnt: LearntPauseSnapshot, clock: Clock): StoredModel {
  return {
    id: PAUSE_MODEL_ID,
    format: FORMAT,
    trainedAt: clock.now(),
    description: JSON.stringify({ startMs, learnt }),
    weights: new Uint8Array(),
  };
}

function storedIn(
  row: StoredModel | undefined,
): { readonly startMs: number; readonly learnt: unknown } | undefined {
  if (row?.format !== FORMAT) return undefined;
  const parsed = v.safeParse(DescriptionSchema, row.description);
  return parsed.success ? { startMs: parsed.output.startMs, learnt: parsed.output.learnt } : undefined;
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const samples = new Float32Array(first.length + second.length);
  samples.set(first);
  samples.set(second, first.length);
  return samples;
}
