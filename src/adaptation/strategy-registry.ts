import { err, ok, type Result } from '../core/result';
import type { Adaptation } from './adaptation';
import { type AdaptationStrategy, settled, settledValue } from './adaptation-strategy';

export type StrategyError =
  | { readonly kind: 'duplicate-strategy'; readonly name: string }
  | { readonly kind: 'unknown-strategy'; readonly name: string }
  /** It is still in force. */
  | { readonly kind: 'not-reverted'; readonly detail: string };

interface Registered {
  readonly strategy: AdaptationStrategy;
  isEnabled: boolean;
}

/** The strategies there are, by name, and which of them may act. What one did, only that one can take back. */
export class StrategyRegistry {
  readonly #strategies = new Map<string, Registered>();

  /** In the order of registration. */
  get all(): readonly { readonly name: string; readonly isEnabled: boolean }[] {
    return [...this.#strategies.values()].map(({ strategy, isEnabled }) => ({
      name: strategy.name,
      isEnabled,
    }));
  }

  /** In the order of registration; one that is enabled on the way has its turn as well. */
  *enabled(): Generator<AdaptationStrategy, void> {
    for (const { strategy, isEnabled } of this.#strategies.values()) if (isEnabled) yield strategy;
  }

  register(strategy: AdaptationStrategy): Result<void, StrategyError> {
    const { name } = strategy;
    if (this.#strategies.has(name)) return err({ kind: 'duplicate-strategy', name });
    this.#strategies.set(name, { strategy, isEnabled: false });
    return ok(undefined);
  }

  switch(name: string, isEnabled: boolean): Result<void, StrategyError> {
    const registered = this.#strategies.get(name);
    if (registered === undefined) return err({ kind: 'unknown-strategy', name });
    registered.isEnabled = isEnabled;
    return ok(undefined);
  }

  /** Has its strategy put back what an adaptation changed, enabled or not. */
  async undo({ strategy: name, action }: Adaptation): Promise<Result<void, StrategyError>> {
    const strategy = this.#strategies.get(name)?.strategy;
    if (strategy === undefined) return err({ kind: 'unknown-strategy', name });
    const reverted = await settled(() => strategy.revertAction(action));
    return reverted.ok ? reverted : err({ kind: 'not-reverted', detail: reverted.error });
  }

  /**
   * Has its strategy put an adaptation in force again.
   *
   * @returns `false` where what it changed is otherwise by now
   */
  async resume({ strategy: name, action }: Adaptation): Promise<boolean> {
    const strategy = this.#strategies.get(name)?.strategy;
    // Of a strategy that is not there this time: nothing is known about what it changed.
    if (strategy === undefined) return true;
    const resumed = await settledValue(() => strategy.resumeAction(action));
    return resumed.ok && resumed.value;
  }
}
