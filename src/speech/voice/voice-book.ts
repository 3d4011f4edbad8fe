import * as v from 'valibot';
import { fromPcm16 } from '../../audio/pcm16';
import type { Clock } from '../../core/clock';
import { pause } from '../../core/pause';
import { ok, type Result } from '../../core/result';
import { type EpochMs, epochMs } from '../../core/units';
import { extractFeatures } from '../../features/feature-extractor';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Recognition } from '../../learning/recognition';
import { isHeard, type Take } from '../../learning/records';
import type { RecordStore, VaultError } from '../../vault/vault-types';
import { type MannerComparison, measureManner, type SpeakingManner, UsualManner } from './speaking-manner';
import { VoiceDays } from './voice-days';
import { measureDrift, type VoiceDrift } from './voice-drift';
import type { VoiceProfile } from './voice-profile';

/** Key of the days in the vault's table of models. */
export const VOICE_DAYS_MODEL_ID = 'voice-days';
const FORMAT = 1;

/** What is known of the person's voice, for words and a picture. It never opens or refuses anything. */
export interface VoiceReport {
  /** Recordings that teach; the profile rests on them. */
  readonly takes: number;
  readonly profile:
    | { readonly kind: 'ready' }
    | { readonly kind: 'too-few-takes'; readonly needed: number }
    /** The encoder has not heard the recordings: it is loading, or could not be loaded. */
    | { readonly kind: 'no-encoder' };
  /** Where four of five recordings lie; `undefined` with too few. */
  readonly pitchRangeHz: readonly [low: number, high: number] | undefined;
  /** The last thing that was said and acted on, next to the recordings. */
  readonly latest:
    | {
        readonly heardAt: EpochMs;
        readonly pitchHz: number | undefined;
        readonly comparison: MannerComparison;
      }
    | undefined;
  /** Nothing where voices cannot be compared. */
  readonly drift: VoiceDrift | undefined;
}

export interface VoiceBookOptions {
  readonly store: RecordStore;
  readonly clock: Clock;
  /** The recordings that teach. */
  readonly takes: () => readonly Take[];
  readonly profile: () => VoiceProfile;
  readonly strangers: () => readonly Float32Array[];
  readonly onFailure: (error: VaultError) => void;
}

const DescriptionSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ encoder: v.string(), days: v.unknown() }),
);

/** Keeps what the voice was like day by day in the vault, and tells how it is, from the recordings, when asked. */
export class VoiceBook {
  readonly #options: VoiceBookOptions;
  readonly #days = new VoiceDays();
  /** Measuring takes a while, and a recording does not change. */
  readonly #manners = new Map<string, SpeakingManner>();
  #encoder = '';
  #isLoaded = false;
  #question = 0;

  constructor(options: VoiceBookOptions) {
    this.#options = options;
  }

  async load(): Promise<Result<void, VaultError>> {
    const found = await this.#options.store.get('models', VOICE_DAYS_MODEL_ID);
    if (!found.ok) return found;
    this.unload();
    this.#isLoaded = true;
    const row = found.value;
    const parsed = v.safeParse(DescriptionSchema, row?.format === FORMAT ? row.description : '');
    if (parsed.success && this.#days.restore(parsed.output.days).ok) this.#encoder = parsed.output.encoder;
    return ok(undefined);
  }

  /** Forgets everything, for a locked vault. */
  unload(): void {
    this.cancel();
    this.#isLoaded = false;
    this.#days.forget();
    this.#manners.clear();
  }

  /** Remembers an utterance that was recognised clearly and sounded like the person; no other. */
  hear({ outcome, candidates, voice }: Recognition, { embedding }: UtteranceFeatures, at: EpochMs): void {
    const [best, next] = candidates;
    if (outcome !== 'accepted' || voice?.band !== 'sounds-like-you' || !this.#isLoaded) return;
    if (best === undefined || next === undefined || embedding === undefined) return;
    const encoder = this.#encoderNow;
    // Voiceprints of another encoder do not compare.
    if (encoder !== this.#encoder) this.#days.forget();
    this.#encoder = encoder;
    this.#days.add({
      voiceprint: embedding.speaker,
      at,
      utcOffsetMinutes: -new Date(at).getTimezoneOffset(),
      margin: Math.log(next.distance / best.distance),
    });
    this.#keep();
  }

  /** With the last recording goes what the voice was like. */
  takesForgotten(): void {
    if (this.#options.takes().length > 0) return;
    this.#days.forget();
    this.#keep();
  }

  /** Measures all recordings, one after the other; `undefined` when it was cancelled or asked anew. */
  async report(): Promise<Result<VoiceReport | undefined, VaultError>> {
    this.#question += 1;
    const question = this.#question;
    const usual = new UsualManner();
    const takes = this.#options.takes();
    for (const { id } of takes) {
      const manner = await this.#mannerOf(id);
      if (question !== this.#question) return ok(undefined);
      if (!manner.ok) return manner;
      if (manner.value !== undefined) usual.enrol(id, manner.value);
      await pause();
    }
    const latest = await this.#latest(usual);
    if (!latest.ok) return latest;
    if (question !== this.#question) return ok(undefined);
    const { state, takeCount } = this.#options.profile();
    return ok({
      takes: takes.length,
      profile:
        state.kind === 'ready'
          ? { kind: 'ready' }
          : state.kind === 'too-few-takes' && takeCount === takes.length
            ? { kind: 'too-few-takes', needed: state.needed }
            : { kind: 'no-encoder' },
      pitchRangeHz: usual.pitchRangeHz,
      latest: latest.value,
      drift:
        state.kind === 'ready' && this.#encoder === this.#encoderNow
          ? measureDrift(this.#days.days, state.centroid)
          : undefined,
    });
  }

  cancel(): void {
    this.#question += 1;
  }

  /** Shipped voices of strangers come from the same encoder: they change when it does. */
  get #encoderNow(): string {
    return this.#options.strangers()[0]?.slice(0, 4).join(' ') ?? '';
  }

  async #mannerOf(id: Take['id']): Promise<Result<SpeakingManner | undefined, VaultError>> {
    const known = this.#manners.get(id);
    if (known !== undefined) return ok(known);
    const sound = await this.#options.store.get('audio', id);
    if (!sound.ok) return sound;
    if (sound.value === undefined) return ok(undefined);
    const samples = fromPcm16(sound.value.pcm16);
    const manner = measureManner(samples, extractFeatures(samples));
    this.#manners.set(id, manner);
    return ok(manner);
  }

  async #latest(usual: UsualManner): Promise<Result<VoiceReport['latest'], VaultError>> {
    const { store } = this.#options;
    const listed = await store.list('interactions');
    if (!listed.ok) return listed;
    const newest = listed.value.rows
      .filter(isHeard)
      .filter(({ phraseId, correction }) => phraseId !== undefined && correction?.kind !== 'nothing')
      .reduce<{ id: string; heardAt: number } | undefined>(
        (last, each) => (last !== undefined && last.heardAt > each.heardAt ? last : each),
        undefined,
      );
    if (newest === undefined) return ok(undefined);
    const sound = await store.get('audio', newest.id);
    if (!sound.ok) return sound;
    if (sound.value === undefined) return ok(undefined);
    const samples = fromPcm16(sound.value.pcm16);
    const manner = measureManner(samples, extractFeatures(samples));
    return ok({
      heardAt: epochMs(newest.heardAt),
      pitchHz: manner.pitchHz,
      comparison: usual.compare(manner),
    });
  }

  #keep(): void {
    const { store, clock, onFailure } = this.#options;
    if (!this.#isLoaded) return;
    const row = {
      id: VOICE_DAYS_MODEL_ID,
      format: FORMAT,
      trainedAt: clock.now(),
      description: JSON.stringify({ encoder: this.#encoder, days: this.#days.snapshot() }),
      weights: new Uint8Array(),
    };
    const write =
      this.#days.days.length === 0
        ? ({ op: 'delete', table: 'models', id: VOICE_DAYS_MODEL_ID } as const)
        : ({ op: 'put', table: 'models', row } as const);
    void store.write([write]).then((written) => {
      // A lock in between is no failure.
      if (!written.ok && this.#isLoaded) onFailure(written.error);
    });
  }
}
