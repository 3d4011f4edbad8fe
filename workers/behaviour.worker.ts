import { expose } from 'comlink';
import textTableManifest from '../models/text/manifest.json';
import textTableUrl from '../models/text/table.bin?url';
import { NextActionLearner } from '../src/behaviour/habits/next-action-learner';
import { AvailableSpaces } from '../src/behaviour/intent/available-spaces';
import { fetchTextTable } from '../src/behaviour/intent/fetch-text-table';
import { LentHead } from '../src/behaviour/intent/lent-head';
import { onnxWasmPath } from '../src/behaviour/intent/onnx-wasm-path';
import { TextIntentLearner } from '../src/behaviour/intent/text-intent-learner';
import { TextNetLearner } from '../src/behaviour/intent/text-net-learner';
import { LearnerHost } from '../src/behaviour/learner-host';
import { LearnerModels } from '../src/behaviour/learner-models';
import { PatternLearner } from '../src/behaviour/pattern-learner';
import { PreferenceLearner } from '../src/behaviour/preferences/preference-learner';
import { allowedFetch } from '../src/behaviour/rest/allowed-fetch';
import { RestLearner } from '../src/behaviour/rest/rest-learner';
import { denseTrainer } from '../src/behaviour/satisfaction/dense-trainer';
import { forestTrainer } from '../src/behaviour/satisfaction/forest-trainer';
import { SatisfactionLearner } from '../src/behaviour/satisfaction/satisfaction-learner';
import type { BehaviourContract, BehaviourReport } from '../src/bridge/behaviour-contract';
import { joinEventSystems } from '../src/bridge/event-line';
import { VaultLine } from '../src/bridge/vault-line';
import { createCompute } from '../src/compute/compute';
import type { Compute } from '../src/compute/compute-contract';
import { wasmPaths } from '../src/compute/wasm-paths';
import { systemClock } from '../src/core/clock';
import { err } from '../src/core/result';
import { EventSystem } from '../src/events/event-system';
import type { LearningEventMap } from '../src/events/learning-event';
import { LearningEventFactory } from '../src/events/learning-event-factory';
import { LearnerRegistry } from '../src/learning/learner-registry';
import {
  LearningSystemMetrics,
  type OperationStatus,
  type OperationType,
} from '../src/metrics/learning-system-metrics';
import type { LogSink } from '../src/metrics/logging/log-entry';
import { Logger } from '../src/metrics/logging/logger';

/** Thin entry: joins the behaviour room to its ports. */

const vault = new VaultLine();
let reports: MessagePort | undefined;

const report = (sent: BehaviourReport): void => reports?.postMessage(sent);

/** The page counts: what happens here is passed on to it. */
class PassedOnMetrics extends LearningSystemMetrics {
  override recordLearningOperation(
    type: OperationType,
    durationSeconds: number,
    status: OperationStatus,
  ): void {
    report({ kind: 'operation', type, durationSeconds, status });
  }
}

const clock = systemClock;
// Everything is passed on: the page knows which level is written.
const pageLog: LogSink = { write: (entry) => report({ kind: 'log', entry }), flush: () => undefined };
const logger = new Logger({ level: 'debug', sinks: [pageLog], clock }).component('learner');
const factory = new LearningEventFactory('behaviour', clock);
const events = new EventSystem<LearningEventMap, 'handler-failed'>({
  failureType: 'handler-failed',
  createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
  onUnreportedFailure: ({ reason }) => logger.error('a handler failed', { reason }),
});

// tfjs is downloaded when a net is first trained, and runs where that is quickest to start; others stand in for it.
const compute = createCompute({ wasmPaths });
let starting: Promise<unknown> | undefined;
const trainer: Pick<Compute, 'train'> = {
  train: async (jobs, signal) => {
    starting ??= compute.start('wasm');
    await starting;
    return compute.train(jobs, signal);
  },
};
const net = denseTrainer(trainer);

// Both learners of texts compare them in one space.
const spaces = new AvailableSpaces({
  loadTable: async () => {
    const table = await fetchTextTable(textTableUrl, textTableManifest);
    if (table.ok) return table.value;
    // It goes on by letters alone, and says so in its insights.
    logger.warn('weights are missing', { learnerId: 'text-intent', errorKind: table.error.kind });
    return undefined;
  },
  // transformers.js and onnxruntime are downloaded where the operator hosts a model, and not before.
  loadEncoder: async (folder) => {
    try {
      const { openHostedEncoder } = await import('../src/behaviour/intent/hosted-encoder');
      const wasm = new URL(onnxWasmPath, location.href).href;
      return await openHostedEncoder({ folder, wasm });
    } catch (reason) {
      return err({ kind: 'unreachable', detail: String(reason) });
    }
  },
  onStatus: (status, detail) => {
    if (status.kind === 'failed')
      logger.warn('the hosted text model cannot be used', { reason: status.reason, detail: detail ?? '' });
    report({ kind: 'text-model', status });
  },
});
const lent = new LentHead();

const registry = new LearnerRegistry();
registry.register('pattern', (learnerId) => new PatternLearner(learnerId));
registry.register('text-intent', (learnerId) => new TextIntentLearner(learnerId, spaces, lent));
registry.register(
  'text-net',
  (learnerId) => new TextNetLearner(learnerId, { compute: trainer, spaces, lent }),
);
let learnerOrigins: readonly string[] = [];
registry.register(
  'rest',
  (learnerId) => new RestLearner(learnerId, (origin) => allowedFetch(origin, learnerOrigins)),
);
registry.register('next-action', (learnerId) => new NextActionLearner(learnerId));
registry.register('preferences', (learnerId) => new PreferenceLearner(learnerId));
registry.register('satisfaction-forest', (learnerId) => new SatisfactionLearner(learnerId, forestTrainer));
registry.register('satisfaction-net', (learnerId) => new SatisfactionLearner(learnerId, net));

const host = new LearnerHost({
  registry,
  models: new LearnerModels(vault, clock),
  metrics: new PassedOnMetrics(clock),
  clock,
  logger,
  factory,
  emit: (event) => void events.emit(event),
});

const contract: BehaviourContract = {
  connectVault: (port) => vault.connect(port),
  connectEvents: (port) => {
    joinEventSystems(events, port, {
      name: 'line-to-page',
      onBadMessage: (detail) => logger.warn('an event was malformed', { detail }),
    });
  },
  connectReports: (port) => {
    reports = port;
  },
  open: (opening) => {
    learnerOrigins = opening.learnerOrigins;
    // It takes seconds: texts are compared in the built-in space until it is there.
    void spaces.host(opening.textModel);
    return host.open(opening);
  },
  close: () => host.close(),
  observe: (data) => host.observe(data),
  predict: (learnerId, input) => host.predict(learnerId, input),
  states: async () => host.states(),
  forget: () => host.forget(),
};

expose(contract);
