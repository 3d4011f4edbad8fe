import type { Clock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import { Turns } from '../core/turns';
import {
  type Adaptation,
  type AdaptationLedger,
  type AdaptationType,
  type AppliedAction,
  isInForce,
} from './adaptation';
import {
  type AdaptationContext,
  type AdaptationStrategy,
  type FailedAction,
  settledValue,
} from './adaptation-strategy';
import { type BadSnapshot, ChangeLedger, settingOf } from './change-ledger';
import { EffectJudge, type Observations } from './effect-judge';
import { type StrategyError, StrategyRegistry } from './strategy-registry';

export type { Adaptation } from './adaptation';

/** What one strategy did in one round. */
export interface AdaptationRound {
  readonly strategy: string;
  readonly type: AdaptationType;
  readonly applied: readonly Adaptation[];
  readonly failed: readonly FailedAction[];
  /** Sum of the expected impacts of what was applied. */
  readonly totalImpact: number;
}

export type AdaptationError = StrategyError | { readonly kind: 'unknown-adaptation' };

export interface StrategyFailure {
  readonly strategy: string;
  readonly detail: string;
}

interface Options {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onFailure: (failure: StrategyFailure) => void;
  /** The effect of a change is measured in it. */
  readonly observations?: Observations;
  /** Below this a strategy is left alone; default 0.3, one reason of the performance strategy. */
  readonly leastApplicability?: number;
}

/**
 * Lets the strategies that apply adapt Echo, each on its own: what one of them does wrong is its own failure.
 *
 * 1. One change to a setting, and one that is judged by the same metric, at a time: otherwise nobody could tell whose
 *    effect was measured.
 * 2. What the person chose is theirs: `keep` ends every adaptation of that setting and lets none begin.
 * 3. A change that measures worse than none is taken back without anybody asking.
 */
export class AdaptiveBehaviorManager {
  readonly #options: Options;
  readonly #registry = new StrategyRegistry();
  readonly #ledger: ChangeLedger;
  readonly #judge: EffectJudge;
  /** Rounds, reviews and reversals never interleave. */
  readonly #turns = new Turns();
  #running: Promise<readonly AdaptationRound[]> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#ledger = new ChangeLedger(options.clock);
    this.#judge = new EffectJudge(options.observations ?? (() => []));
  }

  /** Newest first. */
  get adaptations(): readonly Adaptation[] {
    return this.#ledger.adaptations;
  }

  /** Settings the person chose themself. */
  get kept(): readonly string[] {
    return this.#ledger.kept;
  }

  get strategies(): readonly { readonly name: string; readonly isEnabled: boolean }[] {
    return this.#registry.all;
  }

  /** Registered strategies rest until they are enabled. */
  registerStrategy(strategy: AdaptationStrategy): Result<void, AdaptationError> {
    return this.#registry.register(strategy);
  }

  enableStrategy(name: string): Result<void, AdaptationError> {
    return this.#registry.switch(name, true);
  }

  /** What it applied stays in force; see `revert`. */
  disableStrategy(name: string): Result<void, AdaptationError> {
    return this.#registry.switch(name, false);
  }

  /**
   * One round over all enabled strategies; a call during a round joins it.
   *
   * @returns what was applied or failed, in the order of registration
   */
  adapt(context: AdaptationContext): Promise<readonly AdaptationRound[]> {
    this.#running ??= this.#turns
      .take(() => this.#round(context))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /**
   * Measures what is being watched, and takes back what made things worse.
   *
   * @returns the adaptations that were judged now
   */
  review(): Promise<readonly Adaptation[]> {
    return this.#turns.take(async () => {
      const judged: Adaptation[] = [];
      for (const adaptation of this.#ledger.adaptations) {
        const now = await this.#judged(adaptation);
        // Overruled while it was measured: the person has the last word.
        if (now === adaptation || !this.#ledger.isStill(adaptation)) continue;
        this.#ledger.replace(adaptation.id, now);
        if (now.state.kind !== 'measuring') judged.push(now);
      }
      return judged;
    });
  }

  /** Takes back what an adaptation changed, with what was changed on top of it, and does not try that again. */
  revert(id: string): Promise<Result<void, AdaptationError>> {
    return this.#turns.take(async () => {
      const onTop = this.#ledger.onTopOf(id);
      if (onTop.length === 0) return err({ kind: 'unknown-adaptation' });
      for (const each of onTop) {
        const reverted = await this.#registry.undo(each);
        if (!reverted.ok) return reverted;
        if (this.#ledger.isStill(each)) this.#ledger.replace(each.id, this.#ledger.decline(each, 'person'));
      }
      return ok(undefined);
    });
  }

  /** The person chose this setting themself. It is theirs from now on, and what adaptation did to it is history. */
  keep(setting: string): void {
    this.#ledger.keep(setting);
  }

  /** The person lets adaptation have a setting again, and try again what did not do. */
  release(setting: string): void {
    this.#ledger.release(setting);
  }

  snapshot(): AdaptationLedger {
    return this.#ledger.snapshot();
  }

  /**
   * Goes on from a snapshot, measurements under way included. One that cannot be read changes nothing.
   * Strategies have to be registered before.
   */
  restore(value: unknown): Promise<Result<void, BadSnapshot>> {
    return this.#turns.take(async () => {
      const restored = this.#ledger.restore(value);
      if (!restored.ok) return restored;
      // Oldest first: of two that are in force on one setting the newer has the last word.
      for (const each of this.#ledger.adaptations.filter(isInForce).toReversed())
        if (!(await this.#registry.resume(each))) this.#ledger.overrule(each);
      return ok(undefined);
    });
  }

  /** Knows nothing any more: the vault was closed. What is in force stays as it is; whoever owns it puts it away. */
  clear(): void {
    this.#ledger.clear();
  }

  async #round(context: AdaptationContext): Promise<readonly AdaptationRound[]> {
    const made: AdaptationRound[] = [];
    for (const strategy of this.#registry.enabled()) {
      const adapted = await settledValue(() => this.#let(strategy, context));
      if (!adapted.ok) this.#options.onFailure({ strategy: strategy.name, detail: adapted.error });
      else if (adapted.value !== undefined) made.push(adapted.value);
    }
    return made;
  }

  async #let(strategy: AdaptationStrategy, context: AdaptationContext): Promise<AdaptationRound | undefined> {
    const { leastApplicability = 0.3, clock } = this.#options;
    const applicability = await strategy.analyzeApplicability(context);
    // Written so that a strategy that answers NaN does not apply.
    if (!(applicability >= leastApplicability)) return undefined;
    const applied: Adaptation[] = [];
    const failed: FailedAction[] = [];
    for (const action of await strategy.generateActions(context)) {
      const { metric } = action;
      if (!this.#ledger.isFree(strategy.name, action)) continue;
      if (metric !== undefined && !this.#judge.canCompare(metric, clock.now())) continue;
      const outcome = await strategy.applyActions([action]);
      failed.push(...outcome.failed);
      for (const each of outcome.applied) {
        const adaptation = this.#entry(strategy, Math.min(applicability, 1), each);
        // Chosen by the person while it was applied.
        if (this.#ledger.isKept(settingOf(strategy.name, each))) await this.#registry.undo(adaptation);
        else applied.push(this.#ledger.add(adaptation));
      }
    }
    if (applied.length + failed.length === 0) return undefined;
    const totalImpact = applied.reduce((total, { action }) => total + action.expectedImpact, 0);
    return { strategy: strategy.name, type: strategy.type, applied, failed, totalImpact };
  }

  #entry(strategy: AdaptationStrategy, applicability: number, action: AppliedAction): Adaptation {
    const { clock, newId } = this.#options;
    return {
      id: newId(),
      strategy: strategy.name,
      type: strategy.type,
      at: clock.now(),
      applicability,
      action,
      state:
        action.metric === undefined
          ? { kind: 'in-force', verdict: 'not-measured' }
          : { kind: 'measuring', looks: 0 },
    };
  }

  /** As it is to stand from now on, taken back if need be; the very same object while nothing new is known. */
  async #judged(adaptation: Adaptation): Promise<Adaptation> {
    const judgement = this.#judge.judge(adaptation);
    if (judgement.kind === 'stays') return judgement.adaptation;
    const reverted = await this.#registry.undo(adaptation);
    return reverted.ok
      ? this.#ledger.decline(judgement.adaptation, judgement.by)
      : // Tried again at the next review.
        { ...judgement.adaptation, state: adaptation.state };
  }
}
