import { err, ok, type Result } from '../core/result';
import type { AdaptationType, AppliedAction } from './adaptation';

export type { AdaptationType, AppliedAction } from './adaptation';

/** What the person lately did and said about what Echo did; shares in [0, 1]. */
export interface RecentUse {
  /** Utterances that the figures are about, newest 40 at most. */
  readonly utterances: number;
  /** Taken for a phrase, and nothing of the kind was said. */
  readonly falseTriggerShare: number;
  /** Not known, and the person said which phrase it was. */
  readonly missShare: number;
  /** Not known, and followed at once by another try. */
  readonly repeatShare: number;
  /** Corrected or taken back. */
  readonly complaintShare: number;
  /** Answers whose details were looked at. */
  readonly lookedCloserShare: number;
}

export interface DeviceCondition {
  /** Left out where the browser does not tell. */
  readonly isCharging?: boolean;
  /** Charge of the battery, in [0, 1]. */
  readonly batteryShare?: number;
  /** Share of the memory limit, or of the storage quota, that is used: the larger one. */
  readonly fullness?: number;
}

/** How somebody likes one thing to be, learnt from what they chose and did; never what they said of it themself. */
export interface LearntPreference<Value extends string> {
  readonly value: Value;
  /** In [0, 1]. */
  readonly confidence: number;
  /** Choices and things done that it rests on. */
  readonly evidenceCount: number;
}

export interface LearntPreferences {
  /** How much an answer comes with. */
  readonly detail?: LearntPreference<'brief' | 'full'>;
  /** Do what is probably meant, or ask first. */
  readonly confirmation?: LearntPreference<'act' | 'ask'>;
}

/** How Echo has been doing lately; what is not known is left out and speaks for nothing. */
export interface AdaptationContext {
  readonly performance: {
    readonly averageResponseSeconds?: number;
    /** Failed share of learning operations, in [0, 1]. */
    readonly errorRate?: number;
    /** Share of look-ups that the cache answered, in [0, 1]. */
    readonly cacheHitRate?: number;
    /** Most operations that ran or waited at one time. */
    readonly concurrentRequests?: number;
  };
  /** Corrections and undone actions. */
  readonly userComplaints: number;
  readonly use?: RecentUse;
  readonly device?: DeviceCondition;
  readonly preferences?: LearntPreferences;
}

/**
 * What a strategy proposes. With a `setting`, one change to it is made at a time and none once the person chose it
 * themself; with a `reason`, it is explained; with a `metric`, its effect is measured, and a change that makes things
 * worse is taken back.
 */
export type AdaptationAction = Omit<AppliedAction, 'before' | 'after'>;

export interface FailedAction {
  readonly action: AdaptationAction;
  readonly detail: string;
}

export interface AdaptationOutcome {
  readonly applied: readonly AppliedAction[];
  readonly failed: readonly FailedAction[];
  /** Sum of the expected impacts of what was applied. */
  readonly totalImpact: number;
}

/** What an action found and what it left behind. */
export type ActionChange = Pick<AppliedAction, 'before' | 'after'>;

/**
 * One way of adapting Echo to a person. Says how far it applies, proposes actions, and carries them out one by one;
 * an action that fails or throws does not stop the others. Every action can be taken back.
 */
export abstract class AdaptationStrategy {
  /** Unique among the strategies of a manager. */
  abstract readonly name: string;
  abstract readonly type: AdaptationType;
  abstract readonly description: string;

  /** @returns how far it applies now, in [0, 1] */
  abstract analyzeApplicability(context: AdaptationContext): number | Promise<number>;

  /** Only what would change something: nothing once a bound is reached. */
  abstract generateActions(
    context: AdaptationContext,
  ): readonly AdaptationAction[] | Promise<readonly AdaptationAction[]>;

  async applyActions(actions: readonly AdaptationAction[]): Promise<AdaptationOutcome> {
    const applied: AppliedAction[] = [];
    const failed: FailedAction[] = [];
    for (const action of actions) {
      const changed = await settled(() => this.applyAction(action));
      if (changed.ok) applied.push({ ...action, ...changed.value });
      else failed.push({ action, detail: changed.error });
    }
    return {
      applied,
      failed,
      totalImpact: applied.reduce((total, { expectedImpact }) => total + expectedImpact, 0),
    };
  }

  /** Puts back what an action changed. The error says what stood in the way. */
  revertAction(action: AppliedAction): Promise<Result<void, string>> {
    return settled(() => this.undoAction(action));
  }

  /**
   * After the page was loaded anew: puts an action in force again where it does not outlast the page.
   *
   * @returns whether it is in force; not so when what it changed was changed otherwise meanwhile
   */
  resumeAction(_action: AppliedAction): boolean | Promise<boolean> {
    return true;
  }

  protected abstract applyAction(action: AdaptationAction): Promise<Result<ActionChange, string>>;

  protected abstract undoAction(action: AppliedAction): Promise<Result<void, string>>;
}

/** A strategy may come from a third party: what it throws is an answer as well. */
export async function settled<T>(
  work: () => Result<T, string> | Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  try {
    return await work();
  } catch (thrown) {
    return err(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** As `settled`, for work that answers with a plain value. */
export function settledValue<T>(work: () => T | Promise<T>): Promise<Result<T, string>> {
  return settled(async () => ok(await work()));
}
