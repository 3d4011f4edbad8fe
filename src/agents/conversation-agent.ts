import { transfer } from 'comlink';
import type { ActionContext } from '../actions/action-context';
import { runAction, undoAction } from '../actions/run-action';
import { stopSpeaking } from '../actions/speak';
import { decodeAudioFile } from '../audio/file-decoding';
import { newId, type PhraseId, type UtteranceId } from '../core/ids';
import type { Language } from '../core/language';
import { err, ok, type Result } from '../core/result';
import { SAMPLE_RATE_HZ } from '../core/units';
import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome, Interaction, Phrase } from '../learning/records';
import type { CorrectionReport, CorrectionTarget } from '../speech/correction-report';
import type { HeardUtterance, SpeechEvent } from '../speech/speech-events';
import type { VaultError } from '../vault/vault-types';
import type { CorrectionChoice, PhraseView, SampleClip } from './echo-state';
import { type Engine, notify, notifyVaultError } from './engine';
import type { MicrophoneAgent } from './microphone-agent';
import type { NoteAgent } from './note-agent';
import { fetchSample, type PhraseAgent, vaultErrorOf } from './phrase-agent';
import type { TimerAgent } from './timer-agent';

type TalkMode = 'push-to-talk' | 'hands-free';

interface Colleagues {
  readonly microphone: MicrophoneAgent;
  readonly phrases: PhraseAgent;
  readonly notes: NoteAgent;
  readonly timers: TimerAgent;
  /** The language Echo speaks when a voice is not chosen. */
  readonly language: () => Language;
}

/** Listens, answers, acts, and takes corrections: the loop of the Talk screen. */
export class ConversationAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;
  #mode: TalkMode | undefined;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  async start(mode: TalkMode): Promise<void> {
    const { store, speech } = this.#engine;
    stopSpeaking();
    this.#mode = mode;
    store.set({ listening: { kind: 'opening' }, answer: undefined });
    const opened = await this.#with.microphone.open();
    if (!opened.ok) {
      this.#mode = undefined;
      return;
    }
    // Let go, or stopped, while the permission was being asked for.
    if (this.#mode !== mode) {
      store.set({ listening: { kind: 'off' } });
      this.#with.microphone.closeSoon();
      return;
    }
    await speech.listen({ kind: 'recognise' }, mode);
    store.set({ listening: { kind: 'waiting', mode } });
  }

  async release(): Promise<void> {
    if (this.#mode !== 'push-to-talk') return;
    if (this.#engine.store.state.listening.kind === 'opening') this.#mode = undefined;
    else await this.#engine.speech.release();
  }

  async stop(): Promise<void> {
    this.#mode = undefined;
    await this.#engine.speech.stopListening();
    this.#rest();
  }

  receive(event: SpeechEvent): void {
    const { store } = this.#engine;
    switch (event.kind) {
      case 'speech-started':
        if (this.#mode !== undefined) store.set({ listening: { kind: 'hearing', mode: this.#mode } });
        break;
      case 'speech-ended':
        if (this.#mode !== undefined) store.set({ listening: { kind: 'deciding' } });
        break;
      case 'nothing-heard':
        if (this.#mode === 'push-to-talk') notify(this.#engine, { kind: 'nothing-heard' });
        this.#listenOn();
        break;
      case 'heard':
        this.#listenOn();
        void this.#answer(event.utterance);
        break;
      default:
        break;
    }
  }

  async sayFile(file: File): Promise<void> {
    const decoded = await decodeAudioFile(file, file.name);
    if (decoded.ok) await this.#say(decoded.value);
    else notify(this.#engine, decoded.error);
  }

  async saySample(sample: SampleClip): Promise<void> {
    const samples = await fetchSample(sample);
    if (samples.ok) await this.#say(samples.value);
    else notify(this.#engine, samples.error);
  }

  /** Answers "did you mean". Either way Echo learns from it, quietly. */
  async choose(id: UtteranceId, phraseId: PhraseId | undefined): Promise<void> {
    const target: CorrectionTarget =
      phraseId === undefined ? { kind: 'nothing' } : { kind: 'phrase', phraseId };
    const phrase = this.#phrase(phraseId);
    if (phrase !== undefined) await this.#act(id, phrase);
    else this.#settle(id);
    await this.#learn(id, target);
  }

  async undo(id: UtteranceId): Promise<void> {
    const interaction = this.#interaction(id);
    const phrase = this.#phrase(interaction?.phraseId);
    if (interaction?.action.kind !== 'done' || interaction.action.undoToken === undefined) return;
    if (phrase !== undefined) {
      await undoAction(phrase.action.kind, interaction.action.undoToken, this.#context(phrase.name));
    }
    await this.#record(id, interaction.phraseId, { kind: 'undone' });
  }

  /**
   * "That was …". For the utterance just answered, the wrong action is taken back where that is possible
   * and the right one carried out; for older ones only the learning happens.
   */
  async correct(id: UtteranceId, choice: CorrectionChoice): Promise<Result<CorrectionReport, VaultError>> {
    const isCurrent = this.#engine.store.state.answer?.utteranceId === id;
    const mistaken = this.#interaction(id)?.phraseId;
    const target = this.#target(choice);
    const report = await this.#learn(id, target);
    if (!report.ok) {
      notifyVaultError(this.#engine, report.error);
      return report;
    }
    const rightId = target.kind === 'phrase' ? target.phraseId : undefined;
    if (isCurrent && mistaken !== rightId) {
      if (mistaken !== undefined) await this.undo(id);
      const right = this.#phrase(rightId);
      if (right !== undefined) await this.#act(id, right);
    }
    if (isCurrent) this.#settle(id);
    const correction = this.#interaction(id)?.correction;
    if (correction !== undefined) {
      notify(this.#engine, { kind: 'corrected', utteranceId: id, correction, report: report.value });
    }
    return report;
  }

  async clearHistory(): Promise<void> {
    const cleared = await this.#engine.speech.clearHistory();
    if (cleared.ok) this.#engine.store.set({ history: [], answer: undefined });
    else notifyVaultError(this.#engine, vaultErrorOf(cleared.error));
  }

  tryAction(action: ActionSpec): Promise<ActionOutcome> {
    return runAction(action, this.#context('Echo')).then((outcome) => {
      this.#tellFailure(outcome);
      return outcome;
    });
  }

  async #say(samples: Float32Array): Promise<void> {
    const said = await this.#engine.speech.say(transfer(samples, [samples.buffer]), SAMPLE_RATE_HZ);
    if (!said.ok) notify(this.#engine, { kind: 'nothing-heard' });
  }

  async #answer(heard: HeardUtterance): Promise<void> {
    const { recognition } = heard;
    const best = this.#phrase(recognition.candidates[0]?.phraseId);
    const isAccepted = recognition.outcome === 'accepted' && best !== undefined;
    const interaction: Interaction = {
      ...heard,
      waveform: [...heard.waveform],
      action: { kind: 'not-run' },
      ...(isAccepted ? { phraseId: best.id } : {}),
    };
    const stage = isAccepted ? 'acting' : recognition.outcome === 'did-you-mean' ? 'asking' : 'settled';
    this.#engine.store.update(({ history, settings }) => ({
      history: [interaction, ...history].slice(0, Math.max(1, settings.history.keepUtterances)),
      answer: { utteranceId: heard.id, stage },
    }));
    if (isAccepted) await this.#act(heard.id, best);
  }

  async #act(id: UtteranceId, phrase: Phrase): Promise<void> {
    this.#show(id, { phraseId: phrase.id });
    this.#engine.store.set({ answer: { utteranceId: id, stage: 'acting' } });
    const isSpeaking = phrase.action.kind === 'speak' && this.#mode === 'hands-free';
    // Echo must not take its own voice for the person's.
    if (isSpeaking) await this.#engine.speech.stopListening();
    const outcome = await runAction(phrase.action, this.#context(phrase.name));
    if (isSpeaking && this.#mode === 'hands-free') {
      await this.#engine.speech.listen({ kind: 'recognise' }, 'hands-free');
    }
    this.#tellFailure(outcome);
    await this.#record(id, phrase.id, outcome);
    this.#settle(id);
  }

  #tellFailure(outcome: ActionOutcome): void {
    if (outcome.kind !== 'failed') return;
    notify(this.#engine, { kind: 'action-failed', reason: outcome.reason, detail: outcome.detail });
  }

  async #record(id: UtteranceId, phraseId: PhraseId | undefined, action: ActionOutcome): Promise<void> {
    this.#show(id, { action });
    const recorded = await this.#engine.speech.recordOutcome(id, phraseId, action);
    if (!recorded.ok && recorded.error.kind === 'vault') notifyVaultError(this.#engine, recorded.error.error);
  }

  async #learn(id: UtteranceId, target: CorrectionTarget): Promise<Result<CorrectionReport, VaultError>> {
    const corrected = await this.#engine.speech.correct(id, target);
    if (!corrected.ok) return err(vaultErrorOf(corrected.error));
    const report = corrected.value;
    this.#engine.store.update(({ phrases }) => ({
      phrases: phrases.map((phrase) => ({
        ...phrase,
        takes: [
          ...phrase.takes.filter((take) => !report.removed.includes(take.id)),
          ...report.added.filter((take) => take.phraseId === phrase.id),
        ],
      })),
    }));
    if (target.kind === 'new-phrase') {
      this.#with.phrases.put(
        target.phrase,
        report.added.filter((take) => take.phraseId === target.phrase.id),
      );
    }
    const correction: Interaction['correction'] =
      target.kind === 'nothing'
        ? { kind: 'nothing' }
        : { kind: 'phrase', phraseId: target.kind === 'phrase' ? target.phraseId : target.phrase.id };
    this.#show(id, { correction });
    void this.#with.phrases.refreshStrengths();
    return ok(report);
  }

  #target(choice: CorrectionChoice): CorrectionTarget {
    if (choice.kind !== 'new-phrase') return choice;
    const now = this.#engine.clock.now();
    const phrase: Phrase = {
      id: newId<PhraseId>(),
      name: choice.name.trim(),
      action: { kind: 'none' },
      createdAt: now,
      updatedAt: now,
    };
    return { kind: 'new-phrase', phrase };
  }

  #context(phraseName: string): ActionContext {
    const { settings, policy } = this.#engine.store.state;
    const { notes, timers } = this.#with;
    return {
      phraseName,
      clock: this.#engine.clock,
      policy,
      language: this.#with.language(),
      voice: settings.voice,
      notes: { add: (text) => notes.add(text), delete: (id) => notes.delete(id) },
      timers: { start: (timer) => timers.start(timer), cancel: (id) => timers.remove(id) },
    };
  }

  /** After an utterance: hands-free goes on, push-to-talk rests. */
  #listenOn(): void {
    if (this.#mode === 'hands-free') {
      this.#engine.store.set({ listening: { kind: 'waiting', mode: 'hands-free' } });
    } else if (this.#mode === 'push-to-talk') {
      this.#mode = undefined;
      this.#rest();
    }
  }

  #rest(): void {
    if (this.#engine.store.state.listening.kind !== 'failed') {
      this.#engine.store.set({ listening: { kind: 'off' } });
    }
    this.#with.microphone.closeSoon();
  }

  #settle(id: UtteranceId): void {
    if (this.#engine.store.state.answer?.utteranceId !== id) return;
    this.#engine.store.set({ answer: { utteranceId: id, stage: 'settled' } });
  }

  #show(id: UtteranceId, change: Partial<Interaction>): void {
    this.#engine.store.update(({ history }) => ({
      history: history.map((interaction) =>
        interaction.id === id ? { ...interaction, ...change } : interaction,
      ),
    }));
  }

  #interaction(id: UtteranceId): Interaction | undefined {
    return this.#engine.store.state.history.find((interaction) => interaction.id === id);
  }

  #phrase(id: PhraseId | undefined): PhraseView | undefined {
    return this.#engine.store.state.phrases.find((phrase) => phrase.id === id);
  }
}
