import { transfer } from 'comlink';
import { stopSpeaking } from '../../actions/speak';
import { decodeAudioFile } from '../../audio/file-decoding';
import { SAMPLE_RATE_HZ } from '../../core/units';
import type { Interaction } from '../../learning/records';
import type { HeardUtterance, SpeechEvent } from '../../speech/speech-events';
import type { SampleClip } from '../echo-state';
import { type Engine, notify, notifyVaultError } from '../engine';
import { learningErrorOf } from '../learning-error';
import type { ActionConsent } from './action-consent';
import type { InteractionLog } from './interaction-log';
import type { InteractionReporter } from './interaction-reporter';
import type { ListeningAgent, ListeningClaim } from './listening-agent';
import { fetchSample } from './sample-library';

interface Colleagues {
  readonly log: InteractionLog;
  readonly listening: ListeningAgent;
  readonly consent: ActionConsent;
  readonly reporter: InteractionReporter;
}

/** Listens, answers, and lets the answer act: the loop of the Talk screen. */
export class ConversationAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;
  #claim: ListeningClaim | undefined;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  async start(mode: 'push-to-talk' | 'hands-free'): Promise<void> {
    stopSpeaking();
    this.#with.consent.drop();
    this.#engine.store.set({ answer: undefined });
    const claim: ListeningClaim = { purpose: { kind: 'recognise' }, mode };
    this.#claim = claim;
    await this.#with.listening.begin(claim);
  }

  /** Push-to-talk was let go; before the microphone opened, that ends it. */
  async release(): Promise<void> {
    if (this.#claim?.mode !== 'push-to-talk' || this.#with.listening.claim !== this.#claim) return;
    if (this.#engine.store.state.listening.kind === 'opening') await this.stop();
    else await this.#engine.speech.release();
  }

  stop(): Promise<void> {
    return this.#with.listening.end(this.#claim);
  }

  receive(event: SpeechEvent): void {
    if (event.kind === 'heard') void this.#answer(event.utterance);
    if (event.kind === 'nothing-heard') notify(this.#engine, { kind: 'nothing-heard' });
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

  async clearHistory(): Promise<void> {
    const cleared = await this.#engine.speech.clearHistory();
    if (cleared.ok) this.#engine.store.set({ history: [], typed: [], answer: undefined });
    else notifyVaultError(this.#engine, learningErrorOf(cleared.error));
  }

  async #say(samples: Float32Array): Promise<void> {
    const said = await this.#engine.speech.say(transfer(samples, [samples.buffer]), SAMPLE_RATE_HZ);
    if (!said.ok) notify(this.#engine, { kind: 'nothing-heard' });
  }

  async #answer(heard: HeardUtterance): Promise<void> {
    const { log, consent, reporter } = this.#with;
    consent.drop();
    const { outcome, candidates } = heard.recognition;
    const best = log.phrase(candidates[0]?.phraseId);
    const accepted = outcome === 'accepted' ? best : undefined;
    const interaction: Interaction = {
      ...heard,
      waveform: [...heard.waveform],
      action: { kind: 'not-run' },
      ...(accepted === undefined ? {} : { phraseId: accepted.id }),
    };
    log.add(
      interaction,
      accepted !== undefined ? 'acting' : outcome === 'did-you-mean' ? 'asking' : 'settled',
    );
    if (accepted !== undefined) await consent.propose(heard.id, accepted, candidates[0]?.confidence ?? 0);
    // A question is settled by its answer.
    else if (outcome !== 'did-you-mean') {
      reporter.settled(interaction, { action: interaction.action, actionKind: undefined, actionMs: 0 });
    }
  }
}
