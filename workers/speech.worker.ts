import { expose } from 'comlink';
import encoderUrl from '../models/encoder/encoder.bin?url';
import encoderManifest from '../models/encoder/manifest.json';
import type { SpeechContract } from '../src/bridge/speech-contract';
import { VaultLine } from '../src/bridge/vault-line';
import type { BackendMemory } from '../src/compute/backend-memory';
import { createCompute } from '../src/compute/compute';
import { wasmPaths } from '../src/compute/wasm-paths';
import { defaultSettings, type Settings } from '../src/config/settings';
import { systemClock } from '../src/core/clock';
import { fetchEncoder } from '../src/speech/encoder/fetch-encoder';
import { UtteranceEncoder } from '../src/speech/encoder/utterance-encoder';
import type { SpeechEvent } from '../src/speech/speech-events';
import { SpeechLearningManager, type SpeechSettings } from '../src/speech/speech-learning-manager';
import { createEncoderTuner } from '../src/speech/tuning/encoder-tuner';
import { HeldTraining } from '../src/speech/tuning/held-training';

/** Thin entry: joins the speech room to its ports and to tfjs. */

let events: MessagePort | undefined;
let capture: MessagePort | undefined;
const vault = new VaultLine();

const emit = (event: SpeechEvent): void => events?.postMessage(event);

const compute = createCompute({ wasmPaths, onStatus: (status) => emit({ kind: 'backend', status }) });
const encoder = new UtteranceEncoder({
  compute,
  manifest: encoderManifest,
  fetchWeights: () => fetchEncoder(encoderUrl),
  onStatus: (status) => {
    emit({ kind: 'encoder', status });
    if (status.kind === 'ready') manager.encoderChanged();
  },
});
const held = new HeldTraining();
let startedWith: Settings['compute']['backend'] | undefined;

function remember(memory: BackendMemory | undefined): void {
  if (memory !== undefined) emit({ kind: 'backend', status: compute.status, memory });
}

const initial: SpeechSettings = {
  ...defaultSettings.endpointing,
  ...defaultSettings.history,
  ...defaultSettings.recognition,
};

const manager = new SpeechLearningManager({
  store: vault,
  clock: systemClock,
  settings: initial,
  emit,
  trainScorer: createEncoderTuner({
    compute,
    store: vault,
    clock: systemClock,
    encoder: () => encoder.tunable,
    held,
  }),
  strangers: () => encoder.strangers,
  // While it loads, templates answer alone: nobody waits for a download.
  encode: async (features) => (encoder.status.kind === 'loading' ? features : encoder.encode(features)),
});

const contract: SpeechContract = {
  connectVault: (port) => vault.connect(port),
  connectEvents: (port) => {
    events = port;
  },
  connectCapture: (port, sampleRateHz) => {
    capture?.close();
    capture = port;
    manager.session.begin(sampleRateHz);
    port.onmessage = ({ data }: MessageEvent<Float32Array>) => manager.session.push(data);
  },
  configure: async ({ endpointing, history, recognition }) =>
    manager.configure({ ...endpointing, ...history, ...recognition }),
  startCompute: async (preference, memory) => {
    if (startedWith === preference) return;
    startedWith = preference;
    const started = compute.start(preference, memory);
    // Behind the first backend that works, not behind the slow ones that are still being timed.
    void encoder.load();
    remember(await started);
  },
  holdTraining: async (isHeld) => held.hold(isHeld),
  load: () => manager.load(),
  unload: async () => manager.unload(),
  expectHabit: async (habit) => manager.expectHabit(habit),
  listen: async (purpose, mode) => manager.listen(purpose, mode),
  release: async () => manager.session.release(),
  stopListening: async () => manager.session.stop(),
  teach: async (samples, sampleRateHz, source) => manager.teach(samples, sampleRateHz, source),
  say: async (samples, sampleRateHz) => manager.say(samples, sampleRateHz),
  discardDraft: async (id) => manager.teaching.discardDraft(id),
  clashes: async (drafts, except) => manager.teaching.clashes(drafts, except),
  savePhrase: (phrase, drafts) => manager.teaching.savePhrase(phrase, drafts),
  forgetTake: (id) => manager.teaching.forgetTake(id),
  forgetPhrase: (id) => manager.teaching.forgetPhrase(id),
  strengths: async () => manager.reports.strengths(),
  budgetCosts: async () => manager.reports.budgetCosts(),
  pauseReport: async () => manager.reports.pauseReport(),
  explain: (id) => manager.reports.explain(id),
  takeMap: () => manager.reports.takeMap(),
  nextRecordings: () => manager.reports.nextRecordings(),
  pronunciationAdvice: () => manager.reports.pronunciationAdvice(),
  voiceReport: () => manager.reports.voiceReport(),
  endVoiceReport: async () => manager.reports.endVoiceReport(),
  takeStrips: async (id) => manager.reports.takeStrips(id),
  correct: (id, target) => manager.correct(id, target),
  recordOutcome: (id, phraseId, action) => manager.recordOutcome(id, phraseId, action),
  clearHistory: () => manager.clearHistory(),
  audioOf: (id) => manager.reports.audioOf(id),
  measureBackends: async () => {
    remember(await compute.measure());
    return compute.status;
  },
  tensorMemory: async () => {
    if (compute.status.kind !== 'ready') return undefined;
    // There already: a backend runs on it.
    const { memory } = await import('@tensorflow/tfjs-core');
    const { numTensors, numBytes } = memory();
    return { tensors: numTensors, bytes: numBytes };
  },
};

expose(contract);
