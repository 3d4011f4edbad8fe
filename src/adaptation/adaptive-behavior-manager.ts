import type { Clock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import {
  type AdaptationContext,
  type AdaptationStrategy,
  type AdaptationType,
  type AppliedAction,
  type FailedAction,
  settled,
  settledValue,
} from './adaptation-strategy';

/** Something Echo changed about itself, and can change back. */
export interface Adaptation {
  readonly id: string;
  readonly strategy: string;
  readonly type: AdaptationType;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How far the strategy applied, in [0, 1]. */
  readonly applicability: number;
  readonly applied: readonly AppliedAction[];
  readonly failed: readonly FailedAction[];
  readonly totalImpact: number;
  readonly isReverted: boolean;
}

export type AdaptationError =
  | { readonly kind: 'duplicate-strategy'; readonly name: string }
  | { readonly kind: 'unknown-strategy'; readonly name: string }
  | { readonly kind: 'unknown-adaptation' }
  /** Some of it is still in force. */
  | { readonly kind: 'not-reverted'; readonly detail: string };

export interface StrategyFailure {
  readonly strategy: string;
  readonly detail: string;
}

interface Options {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onFailure: (failure: StrategyFailure) => void;
  /** Below this a strategy is left alone; default 0.3, one reason of the performance strategy. */
  readonly leastApplicability?: number;
}

interface Registered {
  readonly strategy: AdaptationStrategy;
  isEnabled: boolean;
}

const MOST_REMEMBERED = 100;

/** Lets the strategies that apply adapt Echo, each on its own: what one of them does wrong is its own failure. */
export class AdaptiveBehaviorManager {
  readonly #options: Options;
  readonly #strategies = new Map<string, Registered>();
  /** Kinds of action a person took back: they know better, for as long as this session lasts. */
  readonly #declined = new Set<string>();
  #adaptations: readonly Adaptation[] = [];
  #running: Promise<readonly Adaptation[]> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Newest first. */
  get adaptations(): readonly Adaptation[] {
    return this.#adaptations;
  }

  get strategies(): readonly { readonly name: string; readonly isEnabled: boolean }[] {
    return [...this.#strategies.values()].map(({ strategy, isEnabled }) => ({
      name: strategy.name,
      isEnabled,
    }));
  }

  /** Registered strategies rest until they are enabled. */
  registerStrategy(strategy: AdaptationStrategy): Result<void, AdaptationError> {
    const { name } = strategy;
    if (this.#strategies.has(name)) return err({ kind: 'duplicate-strategy', name });
    this.#strategies.set(name, { strategy, isEnabled: false });
    return ok(undefined);
  }

  enableStrategy(name: string): Result<void, AdaptationError> {
    return this.#switch(name, true);
  }

  /** What it applied stays in force; see `revert`. */
  disableStrategy(name: string): Result<void, AdaptationError> {
    return this.#switch(name, false);
  }

  /**
   * One round over all enabled strategies; a call during a round joins it.
   *
   * @returns what was applied or failed, in the order of registration
   */
  adapt(context: AdaptationContext): Promise<readonly Adaptation[]> {
    this.#running ??= this.#round(context).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Takes back what an adaptation changed, last action first, and does not try these kinds again. */
  async revert(id: string): Promise<Result<void, AdaptationError>> {
    const adaptation = this.#adaptations.find((each) => each.id === id && !each.isReverted);
    const strategy = this.#strategies.get(adaptation?.strategy ?? '')?.strategy;
    if (adaptation === undefined || strategy === undefined) return err({ kind: 'unknown-adaptation' });
    for (const action of adaptation.applied.toReversed()) {
      const reverted = await settled(() => strategy.revertAction(action));
      if (!reverted.ok) return err({ kind: 'not-reverted', detail: reverted.error });
      this.#declined.add(`${strategy.name}|${action.kind}`);
    }
    this.#adaptations = this.#adaptations.map((each) =>
      each === adaptation ? { ...each, isReverted: true } : each,
    );
    return ok(undefined);
  }

  #switch(name: string, isEnabled: boolean): Result<void, AdaptationError> {
    const registered = this.#strategies.get(name);
    if (registered === undefined) return err({ kind: 'unknown-strategy', name });
    registered.isEnabled = isEnabled;
    return ok(undefined);
  }

  async #round(context: AdaptationContext): Promise<readonly Adaptation[]> {
    const made: Adaptation[] = [];
    for (const { strategy, isEnabled } of this.#strategies.values()) {
      if (!isEnabled) continue;
      const adapted = await settledValue(() => this.#let(strategy, context));
      if (!adapted.ok) this.#options.onFailure({ strategy: strategy.name, detail: adapted.error });
      else if (adapted.value !== undefined) made.push(adapted.value);
    }
    this.#adaptations = [...made.toReversed(), ...this.#adaptations].slice(0, MOST_REMEMBERED);
    return made;
  }

  async #let(strategy: AdaptationStrategy, context: AdaptationContext): Promise<Adaptation | undefined> {
    const { clock, newId, leastApplicability = 0.3 } = this.#options;
    const applicability = await strategy.analyzeApplicability(context);
    // Written so that a strategy that answers NaN does not apply.
    if (!(applicability >= leastApplicability)) return undefined;
    const actions = (await strategy.generateActions(context)).filter(
      ({ kind }) => !this.#declined.has(`${strategy.name}|${kind}`),
    );
    if (actions.length === 0) return undefined;
    const outcome = await strategy.applyActions(actions);
    return {
      id: newId(),
      strategy: strategy.name,
      type: strategy.type,
      at: clock.now(),
      applicability: Math.min(applicability, 1),
      ...outcome,
      isReverted: false,
    };
  }
}
