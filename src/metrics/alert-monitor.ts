import { assert } from '../core/assert';
import type { Clock } from '../core/clock';
import type { EpochMs } from '../core/units';

export interface AlertRule {
  readonly name: string;
  /** `undefined` while it is not known: that raises nothing and clears nothing. */
  readonly value: () => number | undefined;
  readonly raiseAbove: number;
  /** At most `raiseAbove`. The gap keeps an alert from coming and going with every small change. */
  readonly clearBelow: number;
  /** How long the value has to be too high, at every evaluation, before the alert is raised. */
  readonly forMs: number;
}

export interface Alert {
  readonly name: string;
  readonly state: 'raised' | 'cleared';
  readonly value: number;
  readonly threshold: number;
  readonly at: EpochMs;
}

interface RuleState {
  readonly rule: AlertRule;
  /** Monotonic; since when it has been too high. */
  aboveSinceMs: number | undefined;
  raised: Alert | undefined;
}

/** Watches values and tells once when one is too high for too long, and once when it is well again. */
export class AlertMonitor {
  readonly #clock: Clock;
  readonly #onAlert: (alert: Alert) => void;
  readonly #states: readonly RuleState[];

  constructor(rules: readonly AlertRule[], clock: Clock, onAlert: (alert: Alert) => void) {
    for (const { name, raiseAbove, clearBelow, forMs } of rules)
      assert(clearBelow <= raiseAbove && forMs >= 0, 'a rule that can be cleared', name);
    assert(new Set(rules.map(({ name }) => name)).size === rules.length, 'rules of different names');
    this.#clock = clock;
    this.#onAlert = onAlert;
    this.#states = rules.map((rule) => ({ rule, aboveSinceMs: undefined, raised: undefined }));
  }

  /** Alerts that were raised and not cleared yet. */
  get active(): readonly Alert[] {
    return this.#states.flatMap(({ raised }) => (raised === undefined ? [] : [raised]));
  }

  /** To be called at intervals (`intervalsOf`). */
  evaluate(): void {
    const nowMs = this.#clock.monotonic();
    for (const state of this.#states) {
      const value = state.rule.value();
      if (state.raised !== undefined) {
        if (value !== undefined && value <= state.rule.clearBelow) this.#clear(state, value);
        continue;
      }
      if (value === undefined || value <= state.rule.raiseAbove) {
        state.aboveSinceMs = undefined;
        continue;
      }
      state.aboveSinceMs ??= nowMs;
      if (nowMs - state.aboveSinceMs >= state.rule.forMs) this.#raise(state, value);
    }
  }

  #raise(state: RuleState, value: number): void {
    const { name, raiseAbove } = state.rule;
    state.raised = { name, state: 'raised', value, threshold: raiseAbove, at: this.#clock.now() };
    this.#onAlert(state.raised);
  }

  #clear(state: RuleState, value: number): void {
    const { name, clearBelow } = state.rule;
    state.raised = undefined;
    state.aboveSinceMs = undefined;
    this.#onAlert({ name, state: 'cleared', value, threshold: clearBelow, at: this.#clock.now() });
  }
}
