import type { ActionDecision, ActionQuestion } from '../../adaptation/action-policy';
import type { UtteranceId } from '../../core/ids';
import { type Consequence, consequenceOf } from '../../learning/action-consequence';
import type { Phrase } from '../../learning/records';
import type { Engine } from '../engine';
import type { ActionAgent } from './action-agent';
import type { InteractionLog } from './interaction-log';
import type { InteractionReporter } from './interaction-reporter';

interface Colleagues {
  readonly log: InteractionLog;
  readonly actions: ActionAgent;
  readonly reporter: InteractionReporter;
  readonly decide: (question: ActionQuestion) => Promise<ActionDecision>;
}

/** How long an action can be stopped before it is carried out. */
export const UNDO_WINDOW_MS = 4_000;

/** `yes`, `no`: the person said so. `over`: the window passed. `gone`: something else was said, or the vault was closed. */
type Answer = 'yes' | 'no' | 'over' | 'gone';

interface Pending {
  readonly id: UtteranceId;
  readonly answer: (answer: Answer) => void;
}

/** Between what was understood and what is done: carries it out, asks "Do it?", or leaves a moment to stop it. */
export class ActionConsent {
  readonly #engine: Engine;
  readonly #with: Colleagues;
  /** What nobody answered yet; there is one card, and so one question. */
  #pending: Pending | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  /** A phrase was accepted. Resolves when its action was carried out, or will not be. */
  propose(id: UtteranceId, phrase: Phrase, confidence: number): Promise<void> {
    this.drop();
    this.#running = this.#propose(id, phrase, confidence);
    return this.#running;
  }

  /** "Do it" or "stop". */
  answer(id: UtteranceId, isWanted: boolean): void {
    if (this.#pending?.id === id) this.#pending.answer(isWanted ? 'yes' : 'no');
  }

  /** Nobody will answer any more. */
  drop(): void {
    this.#pending?.answer('gone');
  }

  /** As `drop`; resolves when it is settled, so that what is said about it afterwards finds it so. */
  async withdraw(): Promise<void> {
    if (this.#pending === undefined) return;
    this.drop();
    await this.#running;
  }

  async #propose(id: UtteranceId, phrase: Phrase, confidence: number): Promise<void> {
    const { actions, decide, log } = this.#with;
    const consequence = consequenceOf(phrase.action, phrase.consequence);
    const { actions: choice } = this.#engine.store.state.settings;
    const decision = await decide({ phraseId: phrase.id, confidence, consequence, ...choice });
    if (decision.kind === 'act') return actions.act(id, phrase, decision);
    // Something else was said while it was decided.
    if (!log.isCurrent(id)) return this.#settle('gone', { id, phrase, decision, consequence });
    const answer = await this.#answerFor(id, decision);
    return this.#settle(answer, { id, phrase, decision, consequence });
  }

  #answerFor(id: UtteranceId, decision: ActionDecision): Promise<Answer> {
    const { log } = this.#with;
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const pending: Pending = {
        id,
        answer: (answer) => {
          clearTimeout(timer);
          if (this.#pending === pending) this.#pending = undefined;
          resolve(answer);
        },
      };
      this.#pending = pending;
      if (decision.kind === 'undo-window') {
        timer = setTimeout(() => pending.answer('over'), UNDO_WINDOW_MS);
        log.stage(id, 'holding', { decision, runsAt: this.#engine.clock.now() + UNDO_WINDOW_MS });
      } else log.stage(id, 'confirming', { decision });
    });
  }

  async #settle(
    answer: Answer,
    asked: {
      readonly id: UtteranceId;
      readonly phrase: Phrase;
      readonly decision: ActionDecision;
      readonly consequence: Consequence;
    },
  ): Promise<void> {
    const { actions, log, reporter } = this.#with;
    const { id, phrase, decision, consequence } = asked;
    const now = log.phrase(phrase.id);
    // What was asked about is what is done; deleted or changed meanwhile, it is not.
    const isSame = now !== undefined && JSON.stringify(now.action) === JSON.stringify(phrase.action);
    // Gone on to something else, nobody watches a risky action; anything else they had a moment to stop.
    const isRun =
      answer === 'yes' ||
      answer === 'over' ||
      (answer === 'gone' && decision.kind === 'undo-window' && consequence !== 'risky');
    if (isRun && isSame && this.#engine.store.state.vault.kind === 'open')
      return actions.act(id, phrase, decision);
    if (log.find(id) === undefined) return;
    const outcome = { kind: 'not-run' } as const;
    await log.record(id, phrase.id, outcome);
    log.stage(id, 'settled', { decision });
    const interaction = log.find(id);
    if (interaction === undefined) return;
    reporter.settled(interaction, {
      action: outcome,
      actionKind: phrase.action.kind,
      actionMs: 0,
      decision: decision.kind,
      isDeclined: answer === 'no',
    });
  }
}
