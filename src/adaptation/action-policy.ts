import type { Settings } from '../config/settings';
import type { Random } from '../core/random';
import type { Consequence } from '../learning/action-consequence';
import { betaCumulative } from './beta-distribution';
import { sampledBeta } from './sampled-beta';

/** When the person wants to be asked before a risky action. */
export type ConfirmChoice = Settings['actions']['confirm'];

export interface ActionQuestion {
  readonly phraseId: string;
  /** Chance that this phrase was said, as the recogniser has it. */
  readonly confidence: number;
  readonly consequence: Consequence;
  readonly confirm: ConfirmChoice;
}

export type DecisionReason =
  /** There is nothing to lose. */
  | 'harmless'
  /** Sure enough that it is wanted. */
  | 'sure'
  /** The person wants to be asked every time. */
  | 'always-asked'
  /** Risky, and not as sure as the person wants Echo to be. */
  | 'not-sure-enough'
  /** This phrase was taken back or turned down too often lately. */
  | 'often-unwanted'
  /** Probably wanted; a moment to stop it costs less than a question. */
  | 'probably-wanted';

export interface ActionDecision {
  /** `undo-window`: carried out after a few seconds, unless it is stopped. */
  readonly kind: 'act' | 'ask' | 'undo-window';
  readonly reason: DecisionReason;
  /** Chance that it is wanted, as far as is known now. */
  readonly chance: number;
}

/** What happened after an action was proposed or carried out. */
export interface ActionFeedback {
  readonly phraseId: string;
  readonly confidence: number;
  /** 1: kept, or "yes". 0: taken back, corrected, stopped, or "no". Between: how content the person was with it. */
  readonly wanted: number;
}

/** Bother in seconds of the person's time. */
export interface ActionCosts {
  /** To be asked, whatever the answer. */
  readonly ask: number;
  /** To wait through the window when it was wanted. */
  readonly window: number;
  /** Share of unwanted actions that are not stopped within the window. */
  readonly missedShare: number;
  /** To have something done that was not wanted. */
  readonly unwanted: Readonly<Record<Exclude<Consequence, 'none'>, number>>;
}

export const USUAL_COSTS: ActionCosts = {
  ask: 2,
  window: 1,
  missedShare: 0.3,
  unwanted: { safe: 3, undoable: 5, risky: 60 },
};

/** What is known of one phrase, with what is long ago counting less. */
export interface PhraseTrust {
  readonly phraseId: string;
  readonly wanted: number;
  readonly unwanted: number;
}

interface Counts {
  wanted: number;
  unwanted: number;
}

/** A risky action runs by itself only where the chance that it is wanted is above the bound ... */
export const BOUNDS: Readonly<Record<ConfirmChoice, number>> = { always: 2, 'unless-sure': 0.95, never: 0 };
/** ... with this confidence. */
const SURE = 0.95;

/** Lower ends of the bands of confidence in which phrases lend each other experience. */
const BANDS = [0, 0.7, 0.85, 0.95] as const;
const RECOGNISER_STRENGTH = 8;
const BAND_STRENGTH = 6;
/** About the last 30 times of a phrase, and the last 100 of a band, are remembered. */
const PHRASE_DECAY = 1 - 1 / 30;
const BAND_DECAY = 1 - 1 / 100;
const MOST_PHRASES = 1_000;

/**
 * Whether to carry out an action at once, to ask first, or to carry it out after a window in which it can be stopped.
 *
 * A contextual bandit by posterior sampling (Thompson, Biometrika 25, 1933). The context is the phrase, the recogniser's
 * confidence and the consequence. Whether an action was wanted becomes known whichever way is taken, so one Beta
 * posterior of that chance serves all three; what each would cost follows from it. The prior of a phrase is what phrases
 * heard with the same confidence taught, whose prior is the recogniser's confidence.
 *
 * The floor is no part of what is learnt: a risky action below the person's bound is asked about, always.
 */
export class ActionPolicy {
  readonly #random: Random;
  readonly #costs: ActionCosts;
  readonly #phrases = new Map<string, Counts>();
  #bands: readonly Counts[] = BANDS.map(() => ({ wanted: 0, unwanted: 0 }));

  constructor(random: Random, costs: ActionCosts = USUAL_COSTS) {
    this.#random = random;
    this.#costs = costs;
  }

  decide({ phraseId, confidence, consequence, confirm }: ActionQuestion): ActionDecision {
    if (consequence === 'none') return { kind: 'act', reason: 'harmless', chance: 1 };
    const { a, b } = this.#posterior(phraseId, confidence);
    const chance = a / (a + b);
    if (consequence === 'risky') {
      if (confirm === 'always') return { kind: 'ask', reason: 'always-asked', chance };
      if (!isAbove(BOUNDS[confirm], confidence, a, b))
        return {
          kind: 'ask',
          reason: this.#isOftenUnwanted(phraseId) ? 'often-unwanted' : 'not-sure-enough',
          chance,
        };
    }
    const drawn = sampledBeta(a, b, this.#random);
    const ways = this.#waysOf(consequence, confirm, drawn);
    const [cheapest] = ways.toSorted((one, other) => one.cost - other.cost);
    const kind = cheapest?.kind ?? 'ask';
    if (kind === 'act') return { kind, reason: 'sure', chance };
    if (kind === 'undo-window') return { kind, reason: 'probably-wanted', chance };
    return { kind, reason: this.#isOftenUnwanted(phraseId) ? 'often-unwanted' : 'not-sure-enough', chance };
  }

  learn({ phraseId, confidence, wanted }: ActionFeedback): void {
    const counts = this.#phrases.get(phraseId) ?? { wanted: 0, unwanted: 0 };
    // Last used last, so that the first is the one to let go.
    this.#phrases.delete(phraseId);
    this.#phrases.set(phraseId, counts);
    const [oldest] = this.#phrases.keys();
    if (this.#phrases.size > MOST_PHRASES && oldest !== undefined) this.#phrases.delete(oldest);
    count(counts, wanted, PHRASE_DECAY);
    count(this.#band(confidence), wanted, BAND_DECAY);
  }

  /** What is known of every phrase that was acted on, the least wanted first. */
  get trusts(): readonly PhraseTrust[] {
    return [...this.#phrases]
      .map(([phraseId, counts]) => ({ phraseId, ...counts }))
      .toSorted((one, other) => shareWanted(one) - shareWanted(other));
  }

  forgetPhrase(phraseId: string): void {
    this.#phrases.delete(phraseId);
  }

  forget(): void {
    this.#phrases.clear();
    this.#bands = BANDS.map(() => ({ wanted: 0, unwanted: 0 }));
  }

  #posterior(phraseId: string, confidence: number): { readonly a: number; readonly b: number } {
    const band = this.#band(confidence);
    const bandMean =
      (RECOGNISER_STRENGTH * confidence + band.wanted) / (RECOGNISER_STRENGTH + band.wanted + band.unwanted);
    const counts = this.#phrases.get(phraseId) ?? { wanted: 0, unwanted: 0 };
    // A chance of exactly 0 or 1 would never be doubted again.
    const mean = Math.min(0.999, Math.max(0.001, bandMean));
    return { a: BAND_STRENGTH * mean + counts.wanted, b: BAND_STRENGTH * (1 - mean) + counts.unwanted };
  }

  #waysOf(consequence: Exclude<Consequence, 'none'>, confirm: ConfirmChoice, chance: number) {
    const { ask, window, missedShare, unwanted } = this.#costs;
    const loss = (1 - chance) * unwanted[consequence];
    const ways: { readonly kind: ActionDecision['kind']; readonly cost: number }[] = [
      { kind: 'act', cost: loss },
    ];
    // What can be undone afterwards needs no window before.
    if (consequence !== 'undoable') ways.push({ kind: 'undo-window', cost: window + missedShare * loss });
    if (confirm !== 'never') ways.push({ kind: 'ask', cost: ask });
    return ways;
  }

  #isOftenUnwanted(phraseId: string): boolean {
    const counts = this.#phrases.get(phraseId);
    return counts !== undefined && counts.unwanted >= 1 && counts.unwanted > counts.wanted / 4;
  }

  #band(confidence: number): Counts {
    const index = BANDS.findLastIndex((from) => confidence >= from);
    // Sound: the first band begins at 0.
    return this.#bands[Math.max(0, index)] as Counts;
  }
}

/** Whether a risky action may run by itself. A bound of 0 lets everything run. */
function isAbove(bound: number, confidence: number, a: number, b: number): boolean {
  if (bound <= 0) return true;
  return confidence >= bound && betaCumulative(bound, a, b) <= 1 - SURE;
}

function count(counts: Counts, wanted: number, decay: number): void {
  counts.wanted = counts.wanted * decay + wanted;
  counts.unwanted = counts.unwanted * decay + 1 - wanted;
}

const shareWanted = ({ wanted, unwanted }: Counts): number => wanted / Math.max(1e-9, wanted + unwanted);
