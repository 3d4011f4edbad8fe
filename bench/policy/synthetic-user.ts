import { type ActionCosts, USUAL_COSTS } from '../../src/adaptation/action-policy';
import type { Random } from '../../src/core/random';
import type { Consequence } from '../../src/learning/action-consequence';
import { sampledBeta } from './sampled-beta';

type Real = Exclude<Consequence, 'none'>;

interface SyntheticPhrase {
  readonly phraseId: string;
  readonly consequence: Real;
  /** How much surer or less sure the recogniser is of it than it should be, in log odds. */
  readonly bias: number;
}

/** One thing that was understood, with what only the user knows. */
export interface Situation {
  readonly phraseId: string;
  readonly consequence: Real;
  readonly confidence: number;
  /** The true chance that it is wanted, given all that. */
  readonly chance: number;
  readonly isWanted: boolean;
}

const CONSEQUENCES: readonly Real[] = ['safe', 'safe', 'undoable', 'undoable', 'undoable', 'risky', 'risky'];
const PHRASES = 8;

const logOdds = (share: number): number => Math.log(share / (1 - share));
const share = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * Somebody with eight phrases, costs of their own, and a recogniser that is right about how sure it is on average and
 * wrong phrase by phrase. What is not known to the policy (costs, biases) differs from user to user.
 */
export class SyntheticUser {
  readonly costs: ActionCosts;
  readonly #phrases: readonly SyntheticPhrase[];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    const scale = (): number => Math.exp((random() - 0.5) * 1.4);
    const { ask, window, missedShare, unwanted } = USUAL_COSTS;
    this.costs = {
      ask: ask * scale(),
      window: window * scale(),
      missedShare,
      unwanted: {
        safe: unwanted.safe * scale(),
        undoable: unwanted.undoable * scale(),
        risky: unwanted.risky * scale(),
      },
    };
    this.#phrases = Array.from({ length: PHRASES }, (_, index) => ({
      phraseId: `phrase-${index}`,
      consequence: CONSEQUENCES[Math.floor(random() * CONSEQUENCES.length)] ?? 'safe',
      bias: (random() + random() + random() - 1.5) * 2,
    }));
  }

  next(): Situation {
    const { phraseId, consequence, bias } = this.#phrases[
      Math.floor(this.#random() ** 1.5 * PHRASES)
    ] as SyntheticPhrase;
    // Accepted utterances: mostly sure, some not.
    const confidence = Math.min(0.999, Math.max(0.4, sampledBeta(9, 1, this.#random)));
    const chance = share(logOdds(confidence) + bias);
    return { phraseId, consequence, confidence, chance, isWanted: this.#random() < chance };
  }

  /** What a way costs in this situation, as it turned out. */
  bother(
    { consequence, isWanted }: Situation,
    way: 'act' | 'ask' | 'undo-window',
    isMissed: boolean,
  ): number {
    const { ask, window, unwanted } = this.costs;
    if (way === 'ask') return ask;
    const wrong = isWanted ? 0 : unwanted[consequence];
    return way === 'act' ? wrong : window + (isMissed ? wrong : 0);
  }

  /** What it costs on average, for somebody who knows the true chance. */
  expected({ consequence, chance }: Situation, way: 'act' | 'ask' | 'undo-window'): number {
    const { ask, window, missedShare, unwanted } = this.costs;
    const loss = (1 - chance) * unwanted[consequence];
    return way === 'ask' ? ask : way === 'act' ? loss : window + missedShare * loss;
  }
}
