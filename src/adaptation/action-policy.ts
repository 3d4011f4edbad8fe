import type { Settings } from '../config/settings';
import { type Random, sampledNormal } from '../core/random';
import type { Consequence } from '../learning/action-consequence';

/** When the person wants to be asked before a risky action. */
export type ConfirmChoice = Settings['actions']['confirm'];
/** How readily they want to be asked about everything else. */
export type QuestionsChoice = Settings['actions']['questions'];

export interface ActionQuestion {
  readonly phraseId: string;
  /** Chance that this phrase was said, as the recogniser has it. */
  readonly confidence: number;
  readonly consequence: Consequence;
  readonly confirm: ConfirmChoice;
  /** As usual where it is left out. */
  readonly questions?: QuestionsChoice;
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

/** What a question costs somebody who wants more or fewer of them, beside the usual. The floor of what is risky stays. */
const BOTHER_OF_ASKING: Readonly<Record<QuestionsChoice, number>> = { more: 0.5, usual: 1, fewer: 2 };

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

/** A risky action runs by itself only where, with 95 % confidence, the chance that it is wanted is above the bound. */
export const BOUNDS: Readonly<Record<ConfirmChoice, number>> = { always: 2, 'unless-sure': 0.95, never: 0 };

/** How far the recogniser may be wrong about how sure it is, in log odds: standard deviations before anything is known. */
const PRIOR_DEVIATION = { everybody: 0.5, phrase: 1 } as const;
/** What is known fades, so that about the last 50 times count: people, rooms and phrases change. */
const FADING = 1 + 1 / 50;
/** Counts that are shown fade as well. */
const COUNT_DECAY = 1 - 1 / 30;
const SURE_DEVIATIONS = 1.645;
/** A confidence of exactly 0 or 1 would never be doubted. */
const LEAST_CHANCE = 0.002;
const MOST_PHRASES = 1_000;

/** A normal distribution over an offset in log odds. */
interface Offset {
  mean: number;
  variance: number;
}

/**
 * Whether to carry out an action at once, to ask first, or to carry it out after a window in which it can be stopped.
 *
 * A contextual bandit by posterior sampling: Bayesian logistic regression, updated online with a Gaussian approximation
 * (Chapelle and Li, An Empirical Evaluation of Thompson Sampling, 2011). The chance that an action is wanted is the
 * recogniser's confidence, moved in log odds by an offset for everybody and one for the phrase. Whether it was wanted becomes
 * known whichever way is taken, so one posterior serves all three ways; what each would cost follows from it.
 *
 * The floor is no part of what is learnt: a risky action below the person's bound is asked about, always.
 */
export class ActionPolicy {
  readonly #random: Random;
  readonly #costs: ActionCosts;
  readonly #phrases = new Map<string, Counts & Offset>();
  #everybody: Offset = newOffset('everybody');

  constructor(random: Random, costs: ActionCosts = USUAL_COSTS) {
    this.#random = random;
    this.#costs = costs;
  }

  decide({
    phraseId,
    confidence,
    consequence,
    confirm,
    questions = 'usual',
  }: ActionQuestion): ActionDecision {
    if (consequence === 'none') return { kind: 'act', reason: 'harmless', chance: 1 };
    const belief = this.#belief(phraseId, confidence);
    const chance = moderated(belief);
    if (consequence === 'risky') {
      if (confirm === 'always') return { kind: 'ask', reason: 'always-asked', chance };
      if (!isAbove(BOUNDS[confirm], confidence, belief))
        return {
          kind: 'ask',
          reason: this.#isOftenUnwanted(phraseId) ? 'often-unwanted' : 'not-sure-enough',
          chance,
        };
    }
    const drawn = chanceOf(belief.mean + Math.sqrt(belief.variance) * sampledNormal(this.#random));
    const ways = this.#waysOf(consequence, { confirm, questions }, drawn);
    const [cheapest] = ways.toSorted((one, other) => one.cost - other.cost);
    const kind = cheapest?.kind ?? 'ask';
    if (kind === 'act') return { kind, reason: 'sure', chance };
    if (kind === 'undo-window') return { kind, reason: 'probably-wanted', chance };
    return { kind, reason: this.#isOftenUnwanted(phraseId) ? 'often-unwanted' : 'not-sure-enough', chance };
  }

  learn({ phraseId, confidence, wanted }: ActionFeedback): void {
    const phrase = this.#phrases.get(phraseId) ?? { wanted: 0, unwanted: 0, ...newOffset('phrase') };
    // Last used last, so that the first is the one to let go.
    this.#phrases.delete(phraseId);
    this.#phrases.set(phraseId, phrase);
    const [oldest] = this.#phrases.keys();
    if (this.#phrases.size > MOST_PHRASES && oldest !== undefined) this.#phrases.delete(oldest);
    const chance = moderated(this.#belief(phraseId, confidence));
    move(this.#everybody, wanted, chance, PRIOR_DEVIATION.everybody);
    move(phrase, wanted, chance, PRIOR_DEVIATION.phrase);
    phrase.wanted = phrase.wanted * COUNT_DECAY + wanted;
    phrase.unwanted = phrase.unwanted * COUNT_DECAY + 1 - wanted;
  }

  /** What is known of every phrase that was acted on, the least wanted first. */
  get trusts(): readonly PhraseTrust[] {
    return [...this.#phrases]
      .map(([phraseId, { wanted, unwanted }]) => ({ phraseId, wanted, unwanted }))
      .toSorted((one, other) => shareWanted(one) - shareWanted(other));
  }

  forgetPhrase(phraseId: string): void {
    this.#phrases.delete(phraseId);
  }

  forget(): void {
    this.#phrases.clear();
    this.#everybody = newOffset('everybody');
  }

  /** Of the log odds that it is wanted. */
  #belief(phraseId: string, confidence: number): Offset {
    const { mean, variance } = this.#phrases.get(phraseId) ?? newOffset('phrase');
    return {
      mean: logOdds(confidence) + this.#everybody.mean + mean,
      variance: this.#everybody.variance + variance,
    };
  }

  #waysOf(
    consequence: Exclude<Consequence, 'none'>,
    { confirm, questions }: Required<Pick<ActionQuestion, 'confirm' | 'questions'>>,
    chance: number,
  ) {
    const { ask, window, missedShare, unwanted } = this.#costs;
    const loss = (1 - chance) * unwanted[consequence];
    const ways: { readonly kind: ActionDecision['kind']; readonly cost: number }[] = [
      { kind: 'act', cost: loss },
    ];
    // What can be undone afterwards needs no window before.
    if (consequence !== 'undoable') ways.push({ kind: 'undo-window', cost: window + missedShare * loss });
    if (confirm !== 'never') ways.push({ kind: 'ask', cost: ask * BOTHER_OF_ASKING[questions] });
    return ways;
  }

  #isOftenUnwanted(phraseId: string): boolean {
    const counts = this.#phrases.get(phraseId);
    return counts !== undefined && counts.unwanted >= 1 && counts.unwanted > counts.wanted / 4;
  }
}

const newOffset = (of: keyof typeof PRIOR_DEVIATION): Offset => ({
  mean: 0,
  variance: PRIOR_DEVIATION[of] ** 2,
});

function logOdds(share: number): number {
  const bounded = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, share));
  return Math.log(bounded / (1 - bounded));
}

const chanceOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** The mean of the chance, its log odds being uncertain (MacKay, Neural Computation 4, 1992). */
const moderated = ({ mean, variance }: Offset): number =>
  chanceOf(mean / Math.sqrt(1 + (Math.PI * variance) / 8));

/** One step towards what was observed; what was known before fades towards the prior. */
function move(offset: Offset, wanted: number, chance: number, priorDeviation: number): void {
  const faded = Math.min(priorDeviation ** 2, offset.variance * FADING);
  offset.variance = 1 / (1 / faded + chance * (1 - chance));
  offset.mean += offset.variance * (wanted - chance);
}

/** Whether a risky action may run by itself. A bound of 0 lets everything run. */
function isAbove(bound: number, confidence: number, { mean, variance }: Offset): boolean {
  if (bound <= 0) return true;
  return confidence >= bound && chanceOf(mean - SURE_DEVIATIONS * Math.sqrt(variance)) >= bound;
}

const shareWanted = ({ wanted, unwanted }: Counts): number => wanted / Math.max(1e-9, wanted + unwanted);
