import type { HabitMoment } from '../../src/behaviour/habits/habit-moment';
import { NextActionModel } from '../../src/behaviour/habits/next-action-model';
import type { EventLog } from './event-log';
import { Markov, MostFrequent, MostRecent, type SimplePredictor } from './simple-predictors';

/** One way of foreseeing the next action, learning as it goes. */
export interface Contestant {
  readonly name: string;
  /** Every known action, best guess first; their probabilities and that of something new sum to 1. */
  foresee(moment: HabitMoment): {
    readonly ranked: readonly { readonly action: string; readonly probability: number }[];
    readonly newProbability: number;
  };
  learn(action: string, moment: HabitMoment): void;
}

export interface Score {
  readonly events: number;
  readonly hitAt1: number;
  readonly hitAt3: number;
  readonly hitAt5: number;
  /** Mean of 1 / rank; 0 for what was never done before. */
  readonly reciprocalRank: number;
  /** Mean of −ln of the probability of what was done; of something new where it was. Smaller is better. */
  readonly logLossNats: number;
}

export const contestants: readonly (() => Contestant)[] = [
  () => simple(new MostFrequent()),
  () => simple(new MostRecent()),
  () => simple(new Markov(1)),
  () => simple(new Markov(2)),
  () => nextAction(),
];

/** Predicts, then learns, through a whole log; every person starts with a contestant that knows nothing. */
export function runPrequential(log: EventLog, create: () => Contestant): Score {
  let events = 0;
  let [hitAt1, hitAt3, hitAt5, reciprocalRank, loss] = [0, 0, 0, 0, 0];
  for (const person of log.people) {
    const contestant = create();
    for (const { action, atMs } of person) {
      const moment = momentOf(atMs);
      const { ranked, newProbability } = contestant.foresee(moment);
      const rank = ranked.findIndex((one) => one.action === action);
      events += 1;
      loss -= Math.log(rank < 0 ? newProbability : (ranked[rank]?.probability ?? 0));
      if (rank >= 0) {
        reciprocalRank += 1 / (rank + 1);
        if (rank < 1) hitAt1 += 1;
        if (rank < 3) hitAt3 += 1;
        if (rank < 5) hitAt5 += 1;
      }
      contestant.learn(action, moment);
    }
  }
  return {
    events,
    hitAt1: hitAt1 / events,
    hitAt3: hitAt3 / events,
    hitAt5: hitAt5 / events,
    reciprocalRank: reciprocalRank / events,
    logLossNats: loss / events,
  };
}

/** Logs tell the time on the wall as if it were UTC. */
export function momentOf(atMs: number): HabitMoment {
  const date = new Date(atMs);
  return {
    atMs,
    minuteOfDay: date.getUTCHours() * 60 + date.getUTCMinutes(),
    weekday: date.getUTCDay(),
    appState: 'idle',
  };
}

export function nextAction(): Contestant {
  const model = new NextActionModel();
  return {
    name: 'next-action',
    foresee: (moment) => model.predict(moment),
    learn: (action, moment) => model.learn(action, moment),
  };
}

/** The chance of something new is counted (Krichevsky and Trofimov), as a fair share for every one of them. */
function simple(predictor: SimplePredictor): Contestant {
  let events = 0;
  let news = 0;
  const known = new Set<string>();
  return {
    name: predictor.name,
    foresee: () => {
      const newProbability = known.size === 0 ? 1 : (news + 0.5) / (events + 1);
      const ranked = predictor
        .ranked()
        .map(({ action, share }) => ({ action, probability: share * (1 - newProbability) }));
      return { ranked, newProbability };
    },
    learn: (action) => {
      events += 1;
      if (!known.has(action)) news += 1;
      known.add(action);
      predictor.learn(action);
    },
  };
}
