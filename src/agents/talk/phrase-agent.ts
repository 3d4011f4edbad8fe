import { transfer } from 'comlink';
import { decodeAudioFile } from '../../audio/file-decoding';
import { ConcurrencyLimit } from '../../core/concurrency-limit';
import { newId, type PhraseId, type TakeId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import { SAMPLE_RATE_HZ } from '../../core/units';
import type { ChosenConsequence } from '../../learning/action-consequence';
import type { ActionSpec } from '../../learning/action-spec';
import type { Phrase, Take } from '../../learning/records';
import type { Clash } from '../../speech/recognition/phrase-strength';
import type { DraftTake, SpeechError, SpeechEvent } from '../../speech/speech-events';
import type { CorrectionReport } from '../../speech/teaching/correction-report';
import type { VaultError } from '../../vault/vault-types';
import type { PhraseView, SampleClip } from '../echo-state';
import { type Engine, notify, notifyVaultError } from '../engine';
import { learningErrorOf } from '../learning-error';
import type { ListeningAgent, ListeningClaim } from './listening-agent';
import { fetchSample } from './sample-library';

/** Why a take could not be had. */
export type TakeError =
  | { readonly kind: 'nothing-heard' }
  | { readonly kind: 'microphone' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'file-unreadable'; readonly name: string };

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

export interface PhraseDraft {
  readonly id?: PhraseId;
  readonly name: string;
  readonly action: ActionSpec;
  /** What the person says about the action; left out, its kind decides. */
  readonly consequence?: ChosenConsequence | undefined;
  readonly drafts: readonly TakeId[];
}

/** Teaching: takes from the microphone, files and samples; phrases and how well they are known. */
export class PhraseAgent {
  readonly #engine: Engine;
  readonly #listening: ListeningAgent;
  readonly #filesAtOnce: () => number;
  /** Takes recorded and neither saved nor discarded yet. */
  readonly #unsaved = new Set<TakeId>();
  #savesUnderWay = 0;
  #pendingTake: ((result: Result<DraftTake, TakeError>) => void) | undefined;

  /** @param filesAtOnce decoded at a time: each may be minutes of sound */
  constructor(engine: Engine, listening: ListeningAgent, filesAtOnce: () => number) {
    this.#engine = engine;
    this.#listening = listening;
    this.#filesAtOnce = filesAtOnce;
  }

  /** Whether a reload now would lose something that was recorded. */
  get hasUnsavedWork(): boolean {
    return this.#unsaved.size > 0 || this.#savesUnderWay > 0 || this.#pendingTake !== undefined;
  }

  /** Events of the speech worker that belong to a take being recorded; true when this was one. */
  receive(event: SpeechEvent): boolean {
    if (this.#pendingTake === undefined) return false;
    if (event.kind === 'take-recorded') this.#settle(ok(this.#keep(event.draft)));
    else if (event.kind === 'nothing-heard') this.#settle(err({ kind: 'nothing-heard' }));
    else if (event.kind === 'fault') this.#settle(err({ kind: 'microphone' }));
    return event.kind === 'take-recorded' || event.kind === 'nothing-heard';
  }

  async recordTake(signal: AbortSignal): Promise<Result<DraftTake, TakeError>> {
    this.#settle(err({ kind: 'cancelled' }));
    const claim: ListeningClaim = { purpose: { kind: 'teach' }, mode: 'single' };
    const taken = new Promise<Result<DraftTake, TakeError>>((resolve) => {
      this.#pendingTake = resolve;
    });
    const cancel = (): void => {
      this.#settle(err({ kind: 'cancelled' }));
      void this.#listening.end(claim);
    };
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    else if ((await this.#listening.begin(claim)) === 'failed') this.#settle(err({ kind: 'microphone' }));
    else if (this.#listening.claim !== claim) this.#settle(err({ kind: 'cancelled' }));
    const result = await taken;
    signal.removeEventListener('abort', cancel);
    return result;
  }

  /**
   * A few files at a time, in the order given; one that fails does not stop the others. Cancelled, it answers at once
   * with what was done: a browser cannot stop a decoding under way, but nothing is made of it any more.
   */
  async importTakes(
    files: readonly File[],
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
  ): Promise<readonly Result<DraftTake, TakeError>[]> {
    const { signal, onProgress } = options;
    const results: Result<DraftTake, TakeError>[] = files.map(() => err({ kind: 'cancelled' }));
    const limit = new ConcurrencyLimit(this.#filesAtOnce());
    let done = 0;
    const all = files.map((file, index) =>
      limit.run(async () => {
        const taken = await this.#takeFromFile(file, signal);
        if (signal.aborted) return;
        results[index] = taken;
        done += 1;
        onProgress({ done, total: files.length });
      }, signal),
    );
    await Promise.race([Promise.all(all), aborted(signal)]);
    // What comes too late must not change what was answered.
    return [...results];
  }

  async sampleTake(sample: SampleClip): Promise<Result<DraftTake, TakeError>> {
    const samples = await fetchSample(sample);
    return samples.ok ? this.#teach(samples.value, 'sample', sample.phrase) : samples;
  }

  async discardDraft(id: TakeId): Promise<void> {
    this.#unsaved.delete(id);
    await this.#engine.speech.discardDraft(id);
  }

  async clashes(drafts: readonly TakeId[], except?: PhraseId): Promise<readonly Clash[]> {
    const found = await this.#engine.speech.clashes(drafts, except);
    return found.ok ? found.value : [];
  }

  async save(draft: PhraseDraft): Promise<Result<PhraseId, VaultError>> {
    const { store, clock, speech } = this.#engine;
    const old = store.state.phrases.find((phrase) => phrase.id === draft.id);
    const now = clock.now();
    const phrase: Phrase = {
      id: old?.id ?? newId<PhraseId>(),
      name: draft.name.trim(),
      action: draft.action,
      ...(draft.consequence === undefined ? {} : { consequence: draft.consequence }),
      createdAt: old?.createdAt ?? now,
      updatedAt: now,
    };
    this.#savesUnderWay += 1;
    const saved = await speech.savePhrase(phrase, draft.drafts);
    if (!saved.ok) {
      this.#savesUnderWay -= 1;
      return err(vaultErrorOf(saved.error));
    }
    for (const id of draft.drafts) this.#unsaved.delete(id);
    this.put(phrase, saved.value);
    await this.refreshStrengths();
    this.#savesUnderWay -= 1;
    return ok(phrase.id);
  }

  /** Shows what a correction changed about the takes, and the phrase it made, if it made one. */
  show(report: CorrectionReport, made: Phrase | undefined): void {
    this.#engine.store.update(({ phrases }) => ({
      phrases: phrases.map((phrase) => ({
        ...phrase,
        takes: [
          ...phrase.takes.filter((take) => !report.removed.includes(take.id)),
          ...report.added.filter((take) => take.phraseId === phrase.id),
        ],
      })),
    }));
    if (made !== undefined) {
      this.put(
        made,
        report.added.filter((take) => take.phraseId === made.id),
      );
    }
  }

  /** Shows a phrase that is in the vault, with these takes added. */
  put(phrase: Phrase, added: readonly Take[]): void {
    this.#engine.store.update(({ phrases }) => {
      const old = phrases.find(({ id }) => id === phrase.id);
      const view: PhraseView = {
        ...phrase,
        takes: [...(old?.takes ?? []), ...added],
        strength: old?.strength,
      };
      return {
        phrases: old === undefined ? [...phrases, view] : phrases.map((each) => (each === old ? view : each)),
      };
    });
  }

  async deleteTake(id: TakeId): Promise<void> {
    const forgotten = await this.#engine.speech.forgetTake(id);
    if (!forgotten.ok) {
      notifyVaultError(this.#engine, learningErrorOf(forgotten.error));
      return;
    }
    this.#engine.store.update(({ phrases }) => ({
      phrases: phrases.map((phrase) => ({ ...phrase, takes: phrase.takes.filter((take) => take.id !== id) })),
    }));
    await this.refreshStrengths();
  }

  async delete(id: PhraseId): Promise<void> {
    const forgotten = await this.#engine.speech.forgetPhrase(id);
    if (!forgotten.ok) {
      notifyVaultError(this.#engine, learningErrorOf(forgotten.error));
      return;
    }
    this.#engine.store.update(({ phrases }) => ({ phrases: phrases.filter((phrase) => phrase.id !== id) }));
    await this.refreshStrengths();
  }

  async refreshStrengths(): Promise<void> {
    const strengths = await this.#engine.speech.strengths();
    const byPhrase = new Map(strengths.map((strength) => [strength.phraseId, strength]));
    this.#engine.store.update(({ phrases }) => ({
      phrases: phrases.map((phrase) => ({ ...phrase, strength: byPhrase.get(phrase.id) })),
    }));
  }

  async #takeFromFile(file: File, signal: AbortSignal): Promise<Result<DraftTake, TakeError>> {
    const decoded = await decodeAudioFile(file, file.name);
    if (signal.aborted) return err({ kind: 'cancelled' });
    if (!decoded.ok) return decoded;
    const taught = await this.#teach(decoded.value, 'file', file.name);
    if (!signal.aborted) return taught;
    if (taught.ok) await this.discardDraft(taught.value.id);
    return err({ kind: 'cancelled' });
  }

  async #teach(
    samples: Float32Array,
    source: 'file' | 'sample',
    name: string,
  ): Promise<Result<DraftTake, TakeError>> {
    const taught = await this.#engine.speech.teach(
      transfer(samples, [samples.buffer]),
      SAMPLE_RATE_HZ,
      source,
    );
    if (taught.ok) return ok(this.#keep(taught.value));
    if (taught.error.kind !== 'no-speech') notify(this.#engine, { kind: 'file-unreadable', name });
    return err({ kind: 'nothing-heard' });
  }

  #keep(draft: DraftTake): DraftTake {
    this.#unsaved.add(draft.id);
    return draft;
  }

  #settle(result: Result<DraftTake, TakeError>): void {
    this.#pendingTake?.(result);
    this.#pendingTake = undefined;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** The error of a save: its takes exist, so what can go wrong is the storing. */
function vaultErrorOf(error: SpeechError): VaultError {
  return error.kind === 'vault' ? error.error : { kind: 'unavailable', detail: error.kind };
}
