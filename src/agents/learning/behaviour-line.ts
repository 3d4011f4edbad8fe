import { type Remote, transfer } from 'comlink';
import type { LearnerHostError, LearnerOpening } from '../../behaviour/learner-host';
import type { BehaviourContract, BehaviourReport } from '../../bridge/behaviour-contract';
import { type EventLine, joinEventSystems } from '../../bridge/event-line';
import type { VaultContract } from '../../bridge/vault-contract';
import { type HostedWorker, startWorker } from '../../bridge/worker-host';
import type { JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import type { EventSystem } from '../../events/event-system';
import type { LearningEventMap } from '../../events/learning-event';
import type { LearnerLogger, Prediction } from '../../learning/learner';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState } from '../../metrics/monitored-learner';

/** `crashed`: whether it was learnt is not known. Another worker goes on from what the vault has. */
export type BehaviourError = LearnerHostError | { readonly kind: 'crashed'; readonly detail: string };

interface Options {
  readonly url: string;
  readonly vault: Remote<VaultContract>;
  readonly events: EventSystem<LearningEventMap, 'handler-failed'>;
  readonly onReport: (report: BehaviourReport) => void;
  readonly logger: LearnerLogger;
  /** Whose learners; `undefined` while the vault is locked. */
  readonly opening: () => LearnerOpening | undefined;
}

interface Running {
  readonly host: HostedWorker<BehaviourContract>;
  readonly line: EventLine;
  /**
   * Told when the worker crashed or was ended: calls to it would then never answer. Each leaves with its answer; a promise
   * that is raced would keep all of them for as long as the worker lives.
   */
  readonly waiting: Set<(error: BehaviourError) => void>;
  readonly opened: Promise<Result<void, LearnerHostError>>;
}

/** A worker that crashes more often than this is not helped by another start. */
const MOST_STARTS = 4;

let lines = 0;

/**
 * The page's end of the behaviour worker. The worker starts when it is first needed, ends with the vault, and after
 * a crash another takes its place, which goes on from the snapshots in the vault.
 */
export class BehaviourLine {
  readonly #options: Options;
  #running: Running | undefined;
  #starts = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  observe(data: readonly LearningData[]): Promise<Result<void, BehaviourError>> {
    return this.#call((remote) => remote.observe(data));
  }

  /** What one of the learners expects of this. */
  predict(learnerId: string, input: JsonObject): Promise<Result<Prediction, BehaviourError>> {
    return this.#call((remote) => remote.predict(learnerId, input));
  }

  /** What every learner is and knows. Starts the worker: there may be something in the vault to tell of. */
  states(): Promise<Result<readonly LearnerState[], BehaviourError>> {
    return this.#call(async (remote) => ok(await remote.states()));
  }

  /** Forgets what was learnt, in memory and in the vault. */
  forget(): Promise<Result<void, BehaviourError>> {
    return this.#call((remote) => remote.forget());
  }

  /** The vault closes: the worker ends, and with it everything it had in memory. */
  close(): void {
    if (this.#running !== undefined) this.#end(this.#running);
    this.#starts = 0;
  }

  #end({ host, line, waiting }: Running, error: BehaviourError = { kind: 'not-open' }): void {
    host.terminate();
    for (const tell of waiting) tell(error);
    waiting.clear();
    void line.close();
    this.#running = undefined;
  }

  async #call<T>(
    ask: (remote: Remote<BehaviourContract>) => Promise<Result<T, LearnerHostError>>,
  ): Promise<Result<T, BehaviourError>> {
    const running = this.#running ?? this.#start();
    if (running === undefined) return err({ kind: 'not-open' });
    const answer = (async (): Promise<Result<T, BehaviourError>> => {
      const opened = await running.opened;
      return opened.ok ? ask(running.host.remote) : opened;
    })();
    return new Promise((resolve, reject) => {
      const tell = (error: BehaviourError): void => resolve(err(error));
      running.waiting.add(tell);
      answer.then(resolve, reject).finally(() => running.waiting.delete(tell));
    });
  }

  #start(): Running | undefined {
    const { url, vault, events, onReport, logger } = this.#options;
    const opening = this.#options.opening();
    if (opening === undefined || this.#starts >= MOST_STARTS) return undefined;
    this.#starts += 1;
    const host = startWorker<BehaviourContract>(url, 'behaviour', (detail) => {
      if (this.#running?.host === host) this.#end(this.#running, { kind: 'crashed', detail });
      logger.error('a worker crashed', { component: 'behaviour' });
    });
    const { remote } = host;
    const [forVault, forEvents, forReports] = [
      new MessageChannel(),
      new MessageChannel(),
      new MessageChannel(),
    ];
    void vault.connect(transfer(forVault.port1, [forVault.port1]));
    void remote.connectVault(transfer(forVault.port2, [forVault.port2]));
    lines += 1;
    const line = joinEventSystems(events, forEvents.port1, {
      name: `line-to-behaviour-${lines}`,
      // Learners are handed what they learn from; nothing else of the page concerns them.
      types: [],
      onBadMessage: () => logger.warn('an event was malformed', { component: 'behaviour' }),
    });
    void remote.connectEvents(transfer(forEvents.port2, [forEvents.port2]));
    forReports.port1.onmessage = ({ data }: MessageEvent<BehaviourReport>) => onReport(data);
    void remote.connectReports(transfer(forReports.port2, [forReports.port2]));
    this.#running = { host, line, waiting: new Set(), opened: remote.open(opening) };
    return this.#running;
  }
}
