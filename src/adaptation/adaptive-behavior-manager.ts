import * as v from 'valibot';
import type { Clock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import { Turns } from '../core/turns';
import {
  type Adaptation,
  type AdaptationLedger,
  AdaptationLedgerSchema,
  type AdaptationType,
  type AppliedAction,
  type Declined,
  isInForce,
  MOST_ADAPTATIONS,
} from './adaptation';
import {
  type AdaptationAction,
  type AdaptationContext,
  type AdaptationStrategy,
  type FailedAction,
  settled,
  settledValue,
} from './adaptation-strategy';
import {
  LEAST_BEFORE,
  LOOKS,
  type Metric,
  MOST_BEFORE,
  measuredEffect,
  type Observation,
  summaryOf,
  verdictOf,
} from './measured-effect';

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

export type AdaptationError =
  | { readonly kind: 'duplicate-strategy'; readonly name: string }
  | { readonly kind: 'unknown-strategy'; readonly name: string }
  | { readonly kind: 'unknown-adaptation' }
  /** It is still in force. */
  | { readonly kind: 'not-reverted'; readonly detail: string };

export interface StrategyFailure {
  readonly strategy: string;
  readonly detail: string;
}

interface Options {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onFailure: (failure: StrategyFailure) => void;
  /** What was observed of a metric, oldest first; the effect of a change is measured in it. */
  readonly observations?: (metric: string) => readonly Observation[];
  /** Below this a strategy is left alone; default 0.3, one reason of the performance strategy. */
  readonly leastApplicability?: number;
}

interface Registered {
  readonly strategy: AdaptationStrategy;
  isEnabled: boolean;
}

const DAY_MS = 86_400_000;
const MOST_DECLINED = 500;
/** What measuring took back may be tried again after this: people and rooms change. */
const TRIED_AGAIN_AFTER_MS = 30 * DAY_MS;

const settingOf = (strategy: string, { setting, kind }: AdaptationAction): string =>
  setting ?? `${strategy}.${kind}`;

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
  readonly #strategies = new Map<string, Registered>();
  /** Rounds, reviews and reversals never interleave. */
  readonly #turns = new Turns();
  #declined: readonly Declined[] = [];
  #kept = new Set<string>();
  #adaptations: readonly Adaptation[] = [];
  #running: Promise<readonly AdaptationRound[]> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Newest first. */
  get adaptations(): readonly Adaptation[] {
    return this.#adaptations;
  }

  /** Settings the person chose themself. */
  get kept(): readonly string[] {
    return [...this.#kept];
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
      for (const adaptation of this.#adaptations) {
        const now = await this.#measure(adaptation);
        // Overruled while it was measured: the person has the last word.
        if (now === adaptation || !this.#isStill(adaptation)) continue;
        this.#replace(adaptation.id, now);
        if (now.state.kind !== 'measuring') judged.push(now);
      }
      return judged;
    });
  }

  /** Takes back what an adaptation changed, with what was changed on top of it, and does not try that again. */
  revert(id: string): Promise<Result<void, AdaptationError>> {
    return this.#turns.take(async () => {
      const adaptation = this.#adaptations.find((each) => each.id === id && isInForce(each));
      if (adaptation === undefined) return err({ kind: 'unknown-adaptation' });
      const setting = settingOf(adaptation.strategy, adaptation.action);
      const onTop = this.#inForce(setting).filter(({ at }) => at >= adaptation.at);
      for (const each of onTop) {
        const reverted = await this.#undo(each);
        if (!reverted.ok) return reverted;
        if (this.#isStill(each)) this.#replace(each.id, this.#asReverted(each, 'person'));
      }
      return ok(undefined);
    });
  }

  /** The person chose this setting themself. It is theirs from now on, and what adaptation did to it is history. */
  keep(setting: string): void {
    this.#kept.add(setting);
    const at = this.#options.clock.now();
    for (const each of this.#inForce(setting))
      this.#replace(each.id, { ...each, state: { kind: 'overruled', at } });
  }

  /** The person lets adaptation have a setting again, and try again what did not do. */
  release(setting: string): void {
    this.#kept.delete(setting);
    this.#declined = this.#declined.filter((each) => each.setting !== setting);
  }

  snapshot(): AdaptationLedger {
    return {
      version: 1,
      adaptations: [...this.#adaptations],
      declined: [...this.#declined],
      kept: [...this.#kept],
    };
  }

  /**
   * Goes on from a snapshot, measurements under way included. One that cannot be read changes nothing.
   * Strategies have to be registered before.
   */
  restore(value: unknown): Promise<Result<void, { readonly kind: 'bad-snapshot'; readonly path: string }>> {
    return this.#turns.take(async () => {
      const parsed = v.safeParse(AdaptationLedgerSchema, value);
      if (!parsed.success)
        return err({ kind: 'bad-snapshot' as const, path: v.getDotPath(parsed.issues[0]) ?? '' });
      this.#adaptations = parsed.output.adaptations;
      this.#declined = parsed.output.declined;
      this.#kept = new Set(parsed.output.kept);
      // Oldest first: of two that are in force on one setting the newer has the last word.
      for (const each of this.#adaptations.filter(isInForce).toReversed()) await this.#resume(each);
      return ok(undefined);
    });
  }

  /** Knows nothing any more: the vault was closed. What is in force stays as it is; whoever owns it puts it away. */
  clear(): void {
    this.#adaptations = [];
    this.#declined = [];
    this.#kept = new Set();
  }

  #switch(name: string, isEnabled: boolean): Result<void, AdaptationError> {
    const registered = this.#strategies.get(name);
    if (registered === undefined) return err({ kind: 'unknown-strategy', name });
    registered.isEnabled = isEnabled;
    return ok(undefined);
  }

  async #round(context: AdaptationContext): Promise<readonly AdaptationRound[]> {
    const made: AdaptationRound[] = [];
    for (const { strategy, isEnabled } of this.#strategies.values()) {
      if (!isEnabled) continue;
      const adapted = await settledValue(() => this.#let(strategy, context));
      if (!adapted.ok) this.#options.onFailure({ strategy: strategy.name, detail: adapted.error });
      else if (adapted.value !== undefined) made.push(adapted.value);
    }
    return made;
  }

  async #let(strategy: AdaptationStrategy, context: AdaptationContext): Promise<AdaptationRound | undefined> {
    const { leastApplicability = 0.3 } = this.#options;
    const applicability = await strategy.analyzeApplicability(context);
    // Written so that a strategy that answers NaN does not apply.
    if (!(applicability >= leastApplicability)) return undefined;
    const applied: Adaptation[] = [];
    const failed: FailedAction[] = [];
    for (const action of await strategy.generateActions(context)) {
      if (!this.#isFree(strategy.name, action)) continue;
      const outcome = await strategy.applyActions([action]);
      failed.push(...outcome.failed);
      for (const each of outcome.applied) {
        const adaptation = this.#entry(strategy, Math.min(applicability, 1), each);
        // Chosen by the person while it was applied.
        if (this.#kept.has(settingOf(strategy.name, each))) await this.#undo(adaptation);
        else applied.push(this.#remember(adaptation));
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

  #remember(adaptation: Adaptation): Adaptation {
    const all = [adaptation, ...this.#adaptations];
    // What is in force can still be taken back, however old it is.
    const forgotten = all.length > MOST_ADAPTATIONS ? all.findLast((each) => !isInForce(each)) : undefined;
    this.#adaptations = all.filter((each) => each !== forgotten).slice(0, MOST_ADAPTATIONS);
    return adaptation;
  }

  /** Whether an action may be applied now: nobody chose otherwise, and its effect would be its own. */
  #isFree(strategy: string, action: AdaptationAction): boolean {
    const { clock } = this.#options;
    const setting = settingOf(strategy, action);
    if (this.#kept.has(setting)) return false;
    const isDeclined = this.#declined.some(
      (each) =>
        each.setting === setting &&
        each.kind === action.kind &&
        (each.by === 'person' || clock.now() - each.at < TRIED_AGAIN_AFTER_MS),
    );
    if (isDeclined) return false;
    const isWatched = this.#adaptations.some(
      (each) =>
        each.state.kind === 'measuring' &&
        (settingOf(each.strategy, each.action) === setting ||
          (action.metric !== undefined && each.action.metric?.name === action.metric.name)),
    );
    if (isWatched) return false;
    return action.metric === undefined || this.#before(action.metric, clock.now()).length >= LEAST_BEFORE;
  }

  #before(metric: Metric, at: number): readonly number[] {
    const observed = this.#options.observations?.(metric.name) ?? [];
    return observed
      .filter((each) => each.at <= at)
      .slice(-MOST_BEFORE)
      .map(({ value }) => value);
  }

  async #measure(adaptation: Adaptation): Promise<Adaptation> {
    const { state, action, at } = adaptation;
    const { metric } = action;
    if (state.kind !== 'measuring' || metric === undefined) return adaptation;
    const observed = this.#options.observations?.(metric.name) ?? [];
    const after = observed
      .filter((each) => each.at > at)
      .slice(0, LOOKS.at(-1))
      .map(({ value }) => value);
    // What is no longer kept is remembered from the last time it was measured.
    const before = this.#before(metric, at);
    const known = adaptation.effect?.before;
    const from = known !== undefined && known.count >= before.length ? known : summaryOf(before);
    const effect = measuredEffect(metric, from, summaryOf(after));
    if (effect === undefined) return adaptation;
    let measured: Adaptation = { ...adaptation, effect };
    for (let look = state.looks; after.length >= (LOOKS[look] ?? Number.POSITIVE_INFINITY); look += 1) {
      const asOfLook = measuredEffect(metric, from, summaryOf(after.slice(0, LOOKS[look])));
      if (asOfLook === undefined) break;
      measured = { ...measured, effect: asOfLook, state: { kind: 'measuring', looks: look + 1 } };
      const verdict = verdictOf(metric, asOfLook, look);
      if (verdict === 'open') continue;
      if (verdict === 'helped' || verdict === 'no-difference')
        return { ...measured, state: { kind: 'in-force', verdict } };
      const reverted = await this.#undo(adaptation);
      // Tried again at the next review.
      return reverted.ok ? this.#asReverted(measured, verdict) : { ...adaptation, effect: asOfLook };
    }
    return measured;
  }

  async #undo({ strategy: name, action }: Adaptation): Promise<Result<void, AdaptationError>> {
    const strategy = this.#strategies.get(name)?.strategy;
    if (strategy === undefined) return err({ kind: 'unknown-strategy', name });
    const reverted = await settled(() => strategy.revertAction(action));
    return reverted.ok ? reverted : err({ kind: 'not-reverted', detail: reverted.error });
  }

  /** It was taken back; this kind of change is not tried again, for a while or at all. */
  #asReverted(adaptation: Adaptation, by: 'person' | 'hurt' | 'no-better'): Adaptation {
    const at = this.#options.clock.now();
    const { strategy, action } = adaptation;
    const declined: Declined = {
      setting: settingOf(strategy, action),
      kind: action.kind,
      at,
      by: by === 'person' ? by : 'measure',
    };
    this.#declined = [...this.#declined, declined].slice(-MOST_DECLINED);
    return { ...adaptation, state: { kind: 'reverted', at, by } };
  }

  async #resume(adaptation: Adaptation): Promise<void> {
    const strategy = this.#strategies.get(adaptation.strategy)?.strategy;
    // Of a strategy that is not there this time: nothing is known about what it changed.
    if (strategy === undefined) return;
    const resumed = await settledValue(() => strategy.resumeAction(adaptation.action));
    if (resumed.ok && resumed.value) return;
    const at = this.#options.clock.now();
    this.#replace(adaptation.id, { ...adaptation, state: { kind: 'overruled', at } });
  }

  /** Newest first. */
  #inForce(setting: string): readonly Adaptation[] {
    return this.#adaptations.filter(
      (each) => isInForce(each) && settingOf(each.strategy, each.action) === setting,
    );
  }

  #isStill(adaptation: Adaptation): boolean {
    return this.#adaptations.includes(adaptation);
  }

  #replace(id: string, by: Adaptation): void {
    this.#adaptations = this.#adaptations.map((each) => (each.id === id ? by : each));
  }
}
