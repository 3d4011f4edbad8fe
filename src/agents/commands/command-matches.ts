import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import type { ActionSpec } from '../../learning/action-spec';
import { type CommandTarget, intentOf } from '../../learning/command-target';

/** Something that may be meant, and what it is called. */
export interface Command {
  readonly target: CommandTarget;
  /** Its own name first. */
  readonly names: readonly string[];
}

export interface CommandMatch {
  readonly target: CommandTarget;
  /** Chance that it is meant, in [0, 1]. */
  readonly confidence: number;
  /** Likely enough to be done without having been picked. */
  readonly isLikely: boolean;
}

const RankingSchema = v.object({
  ranking: v.array(
    v.object({ intent: v.string(), confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  ),
});

const LONGEST_NAME = 200;
const MOST_MATCHES = 6;
/** Below it the person picks: more often than not, it would have been something else, or nothing. */
const LIKELY_CONFIDENCE = 0.5;
/** A guess that is less likely than this helps nobody. */
const LEAST_CONFIDENCE = 0.04;

/** What the learner is asked: the text, and all that it may mean. */
export function questionOf(text: string, commands: readonly Command[]): JsonObject {
  return {
    text,
    candidates: commands.map(({ target, names }) => ({
      intent: intentOf(target),
      texts: names.flatMap((name) => name.trim().slice(0, LONGEST_NAME) || []),
    })),
  };
}

/**
 * What is listed, best first: a name that is exactly what was typed, then names that begin with it (the typing is not
 * done yet), then what was learnt or guessed, then names that contain it.
 */
export function rankedMatches(
  text: string,
  commands: readonly Command[],
  answer: JsonObject | undefined,
): readonly CommandMatch[] {
  const parsed = v.safeParse(RankingSchema, answer);
  const guessed = new Map(
    parsed.success ? parsed.output.ranking.map(({ intent, confidence }) => [intent, confidence]) : [],
  );
  const typed = folded(text);
  if (typed === '') return [];
  return commands
    .map(({ target, names }) => {
      const confidence = guessed.get(intentOf(target)) ?? 0;
      const own = names.map(folded);
      const isExact = own[0] === typed;
      const rank = isExact
        ? 3
        : own[0]?.startsWith(typed) === true
          ? 1 + confidence
          : own.some((name) => name.includes(typed))
            ? Math.max(confidence, LEAST_CONFIDENCE)
            : confidence;
      return { target, confidence: isExact ? 1 : confidence, rank };
    })
    .filter(({ rank }) => rank >= LEAST_CONFIDENCE)
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, MOST_MATCHES)
    .map(({ target, confidence, rank }) => ({
      target,
      confidence,
      isLikely: rank >= 1 || confidence >= LIKELY_CONFIDENCE,
    }));
}

/** Words of an action that somebody may type for the phrase that has it. */
export function wordsOfAction(action: ActionSpec): readonly string[] {
  switch (action.kind) {
    case 'speak':
    case 'note':
      return [action.text];
    case 'timer':
    case 'alarm':
      return [action.label];
    default:
      return [];
  }
}

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
