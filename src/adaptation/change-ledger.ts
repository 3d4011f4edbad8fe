import * as v from 'valibot';
import type { Clock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import {
  type Adaptation,
  type AdaptationLedger,
  AdaptationLedgerSchema,
  type Declined,
  isInForce,
  MOST_ADAPTATIONS,
} from './adaptation';
import type { AdaptationAction } from './adaptation-strategy';

export interface BadSnapshot {
  readonly kind: 'bad-snapshot';
  readonly path: string;
}

const DAY_MS = 86_400_000;
const MOST_DECLINED = 500;
/** What measuring took back may be tried again after this: people and rooms change. */
const TRIED_AGAIN_AFTER_MS = 30 * DAY_MS;

/** What an action changes: a setting, or else the strategy's own kind of change. */
export const settingOf = (
  strategy: string,
  { setting, kind }: Pick<AdaptationAction, 'setting' | 'kind'>,
): string => setting ?? `${strategy}.${kind}`;

/**
 * Every change that was made and what became of it, what did not do, and what the person chose themself. Says what
 * may be changed next; changes nothing itself.
 */
export class ChangeLedger {
  readonly #clock: Clock;
  #adaptations: readonly Adaptation[] = [];
  #declined: readonly Declined[] = [];
  #kept = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Newest first. */
  get adaptations(): readonly Adaptation[] {
    return this.#adaptations;
  }

  /** Settings the person chose themself. */
  get kept(): readonly string[] {
    return [...this.#kept];
  }

  isKept(setting: string): boolean {
    return this.#kept.has(setting);
  }

  /** Whether nobody chose otherwise, and the effect of an action would be its own. */
  isFree(strategy: string, action: AdaptationAction): boolean {
    const setting = settingOf(strategy, action);
    if (this.#kept.has(setting)) return false;
    const isDeclined = this.#declined.some(
      (each) =>
        each.setting === setting &&
        each.kind === action.kind &&
        (each.by === 'person' || this.#clock.now() - each.at < TRIED_AGAIN_AFTER_MS),
    );
    if (isDeclined) return false;
    return !this.#adaptations.some(
      (each) =>
        each.state.kind === 'measuring' &&
        (settingOf(each.strategy, each.action) === setting ||
          (action.metric !== undefined && each.action.metric?.name === action.metric.name)),
    );
  }

  add(adaptation: Adaptation): Adaptation {
    const all = [adaptation, ...this.#adaptations];
    // What is in force can still be taken back, however old it is.
    const forgotten = all.length > MOST_ADAPTATIONS ? all.findLast((each) => !isInForce(each)) : undefined;
    this.#adaptations = all.filter((each) => each !== forgotten).slice(0, MOST_ADAPTATIONS);
    return adaptation;
  }

  /** An adaptation in force and what was changed on top of it, newest first; empty when it is not in force. */
  onTopOf(id: string): readonly Adaptation[] {
    const adaptation = this.#adaptations.find((each) => each.id === id && isInForce(each));
    if (adaptation === undefined) return [];
    const setting = settingOf(adaptation.strategy, adaptation.action);
    return this.#inForce(setting).filter(({ at }) => at >= adaptation.at);
  }

  /** Whether an entry is as it was when it was read. */
  isStill(adaptation: Adaptation): boolean {
    return this.#adaptations.includes(adaptation);
  }

  replace(id: string, by: Adaptation): void {
    this.#adaptations = this.#adaptations.map((each) => (each.id === id ? by : each));
  }

  /**
   * Something was taken back; this kind of change is not tried again, for a while or at all.
   *
   * @returns the entry as it is to be from now on
   */
  decline(adaptation: Adaptation, by: 'person' | 'hurt' | 'no-better'): Adaptation {
    const at = this.#clock.now();
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

  /** What it changed was changed otherwise: there is nothing left to take back. */
  overrule(adaptation: Adaptation): void {
    const at = this.#clock.now();
    this.replace(adaptation.id, { ...adaptation, state: { kind: 'overruled', at } });
  }

  keep(setting: string): void {
    this.#kept.add(setting);
    for (const each of this.#inForce(setting)) this.overrule(each);
  }

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

  /** One that cannot be read changes nothing. */
  restore(value: unknown): Result<void, BadSnapshot> {
    const parsed = v.safeParse(AdaptationLedgerSchema, value);
    if (!parsed.success) return err({ kind: 'bad-snapshot', path: v.getDotPath(parsed.issues[0]) ?? '' });
    this.#adaptations = parsed.output.adaptations;
    this.#declined = parsed.output.declined;
    this.#kept = new Set(parsed.output.kept);
    return ok(undefined);
  }

  clear(): void {
    this.#adaptations = [];
    this.#declined = [];
    this.#kept = new Set();
  }

  /** Newest first. */
  #inForce(setting: string): readonly Adaptation[] {
    return this.#adaptations.filter(
      (each) => isInForce(each) && settingOf(each.strategy, each.action) === setting,
    );
  }
}
