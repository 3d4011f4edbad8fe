import type { PhraseId, TakeId, UtteranceId } from '../core/ids';
import { err, ok, type Result } from '../core/result';
import type { RecordStore, VaultError } from '../vault/vault-types';
import { type Explanation, explain } from './explaining/explanation';
import { mapTakes, type TakeMap } from './explaining/take-map';
import { stripsOf, type TakeStrip } from './explaining/take-strips';
import { type EncodeFeatures, encodedClip } from './listening/clip';
import type { HeardHistory } from './listening/heard-history';
import type { PauseLearner, PauseReport } from './listening/pause-learner';
import type { PronunciationAdvice } from './pronunciation/pronunciation-advice';
import type { BudgetCosts } from './recognition/false-trigger-budget';
import type { PhraseStrength } from './recognition/phrase-strength';
import type { SpeechError } from './speech-events';
import type { LearntPhrases } from './teaching/learnt-phrases';
import type { RecordingSuggestion } from './teaching/next-recording';
import type { PhraseTeaching } from './teaching/phrase-teaching';
import { advisePronunciation, suggestRecordings } from './teaching/take-evidence';
import { storedSound } from './teaching/take-library';
import type { VoiceBook, VoiceReport } from './voice/voice-book';

export interface SpeechReportsOptions {
  readonly store: RecordStore;
  readonly encode: EncodeFeatures;
  readonly learnt: LearntPhrases;
  readonly history: HeardHistory;
  readonly voice: VoiceBook;
  readonly pause: PauseLearner;
  readonly teaching: PhraseTeaching;
}

/** What a person may want to know of their recordings, their voice, and why Echo took one thing for another. Changes nothing. */
export class SpeechReports {
  readonly #with: SpeechReportsOptions;

  constructor(options: SpeechReportsOptions) {
    this.#with = options;
  }

  strengths(): readonly PhraseStrength[] {
    return this.#with.learnt.strengths();
  }

  budgetCosts(): BudgetCosts | undefined {
    return this.#with.learnt.budgetCosts();
  }

  /** What was learnt of the person's pauses; `undefined` before there was anything. */
  pauseReport(): PauseReport | undefined {
    return this.#with.pause.report;
  }

  /** Sound of a draft, a take or an utterance; the receiver's to keep. */
  async audioOf(id: TakeId | UtteranceId): Promise<Result<Float32Array, SpeechError>> {
    const drafted = this.#with.teaching.draftSound(id);
    if (drafted !== undefined) return ok(drafted);
    const sound = await storedSound(this.#with.store, id);
    if (sound.ok) return sound;
    return err(
      sound.error.kind === 'unknown-id' ? sound.error : { kind: 'vault', error: sound.error as VaultError },
    );
  }

  /** Why an utterance was taken for what it was, for as long as its sound is kept. */
  async explain(id: UtteranceId): Promise<Result<Explanation, SpeechError>> {
    const { history, encode, learnt } = this.#with;
    const heard = await history.read(id);
    if (!heard.ok) return heard;
    const { interaction, samples } = heard.value;
    const clip = await encodedClip({ samples, endedBy: 'whole' }, encode);
    if (clip === undefined) return err({ kind: 'no-speech' });
    const now = learnt.recognise(clip.features);
    return ok(explain({ interaction, features: clip.features, takes: learnt.library.all, now }));
  }

  takeMap(): Promise<TakeMap> {
    return mapTakes(this.#with.learnt.library.examples);
  }

  takeStrips(phraseId: PhraseId): readonly TakeStrip[] {
    return stripsOf(this.#with.learnt.library.examples.filter((exemplar) => exemplar.phraseId === phraseId));
  }

  /** Which recordings would help most, best first; empty when none would. */
  nextRecordings(): Promise<Result<readonly RecordingSuggestion[], SpeechError>> {
    const { learnt, store } = this.#with;
    return suggestRecordings(learnt.library.exampleTakes, store);
  }

  pronunciationAdvice(): Promise<Result<readonly PronunciationAdvice[], SpeechError>> {
    const { learnt, store } = this.#with;
    return advisePronunciation(learnt.library.exampleTakes, store);
  }

  /** How the person's voice is, measured now; `undefined` when `endVoiceReport` was quicker. */
  async voiceReport(): Promise<Result<VoiceReport | undefined, SpeechError>> {
    const report = await this.#with.voice.report();
    return report.ok ? report : err({ kind: 'vault', error: report.error });
  }

  endVoiceReport(): void {
    this.#with.voice.cancel();
  }
}
