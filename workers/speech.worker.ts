import { expose } from 'comlink';
import type { SpeechContract } from '../src/bridge/speech-contract';
import { VaultLine } from '../src/bridge/vault-line';
import type { BackendMemory } from '../src/compute/backend-memory';
import { createCompute } from '../src/compute/compute';
import { wasmPaths } from '../src/compute/wasm-paths';
import { defaultSettings, type Settings } from '../src/config/settings';
import { systemClock } from '../src/core/clock';
import { createHeadTrainer } from '../src/speech/head/head-trainer';
import type { SpeechEvent } from '../src/speech/speech-events';
import { SpeechLearningManager, type SpeechSettings } from '../src/speech/speech-learning-manager';

/** Thin entry: joins the speech room to its ports and to tfjs. */

let events: MessagePort | undefined;
let capture: MessagePort | undefined;
const vault = new VaultLine();

const emit = (event: SpeechEvent): void => events?.postMessage(event);

const compute = createCompute({ wasmPaths, onStatus: (status) => emit({ kind: 'backend', status }) });
let startedWith: Settings['compute']['backend'] | undefined;

function remember(memory: BackendMemory | undefined): void {
  if (memory !== undefined) emit({ kind: 'backend', status: compute.status, memory });
}

const initial: SpeechSettings = { ...defaultSettings.endpointing, ...defaultSettings.history };

const manager = new SpeechLearningManager({
  store: vault,
  clock: systemClock,
  settings: initial,
  emit,
  trainScorer: createHeadTrainer(compute, vault, systemClock),
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
  configure: async ({ endpointing, history }) => manager.configure({ ...endpointing, ...history }),
  startCompute: async (preference, memory) => {
    if (startedWith === preference) return;
    startedWith = preference;
    remember(await compute.start(preference, memory));
  },
  load: () => manager.load(),
  unload: async () => manager.unload(),
  listen: async (purpose, mode) => manager.listen(purpose, mode),
  release: async () => manager.session.release(),
  stopListening: async () => manager.session.stop(),
  teach: async (samples, sampleRateHz, source) => manager.teach(samples, sampleRateHz, source),
  say: async (samples, sampleRateHz) => manager.say(samples, sampleRateHz),
  discardDraft: async (id) => manager.discardDraft(id),
  clashes: async (drafts, except) => manager.clashes(drafts, except),
  savePhrase: (phrase, drafts) => manager.savePhrase(phrase, drafts),
  forgetTake: (id) => manager.forgetTake(id),
  forgetPhrase: (id) => manager.forgetPhrase(id),
  strengths: async () => manager.strengths(),
  correct: (id, target) => manager.correct(id, target),
  recordOutcome: (id, phraseId, action) => manager.recordOutcome(id, phraseId, action),
  clearHistory: () => manager.clearHistory(),
  audioOf: (id) => manager.audioOf(id),
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
