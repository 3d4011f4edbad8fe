import type { JsonValue } from '../core/json';
import type { LearningData } from './learning-data';

/** A clock of another device, or one set by hand, may be this far ahead. */
const TOLERATED_SKEW_MS = 5 * 60_000;
/** What nobody knows the session of cannot be put together with what happened around it. */
const WITHOUT_SESSION = 0.9;

/** Each factor of the quality of an observation, in [0, 1]. */
export interface DataQuality {
  /** Share of the values in the content that say something: not null, not blank, not empty. */
  readonly completeness: number;
  /** Share of what can be checked that holds. */
  readonly validity: number;
  /** 1 when it is known which session it belongs to, 0.9 when not. */
  readonly attribution: number;
  /** completeness × validity × attribution. */
  readonly score: number;
}

/**
 * How far an observation can be relied on, from itself alone:
 *
 *     score        = completeness × validity × attribution
 *     completeness = values that say something / all values of the content; 0 for an empty content
 *     validity     = checks that hold / checks that apply
 *     attribution  = 1 with a session, 0.9 without
 *
 * Values are the leaves of the content, empty lists and objects among them. Checks are the names of numbers that
 * tell their range: a confidence, probability, share or rate lies in [0, 1]; a duration (`…Ms`), size (`…Bytes`)
 * or count (`…Count`, `count`) is not negative. One more always applies: it did not happen in the future.
 *
 * @param nowMs calendar time; the same observation and time give the same quality
 */
export function assessDataQuality(
  data: Pick<LearningData, 'content' | 'createdAt'> & { readonly sessionId?: string | undefined },
  nowMs: number,
): DataQuality {
  const tally = { values: 0, telling: 0, checks: 1, holding: 0 };
  if (data.createdAt <= nowMs + TOLERATED_SKEW_MS) tally.holding += 1;
  for (const [name, value] of Object.entries(data.content)) count(name, value, tally);
  const completeness = tally.values === 0 ? 0 : tally.telling / tally.values;
  const validity = tally.holding / tally.checks;
  const attribution = data.sessionId === undefined ? WITHOUT_SESSION : 1;
  return { completeness, validity, attribution, score: completeness * validity * attribution };
}

interface Tally {
  values: number;
  telling: number;
  checks: number;
  holding: number;
}

function count(name: string, value: JsonValue, tally: Tally): void {
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) tally.values += 1;
    // Items of a list are called by the list's name: every one of `latenciesMs` is a duration.
    for (const [member, content] of members) count(Array.isArray(value) ? name : member, content, tally);
    return;
  }
  tally.values += 1;
  if (value !== null && !(typeof value === 'string' && value.trim() === '')) tally.telling += 1;
  if (typeof value !== 'number') return;
  const range = rangeOf(name);
  if (range === undefined) return;
  tally.checks += 1;
  if (value >= 0 && value <= range) tally.holding += 1;
}

/** The largest value that a number of this name can have; `undefined` when the name promises nothing. */
function rangeOf(name: string): number | undefined {
  if (/(^|[a-z])(confidence|probability|share|rate)$/i.test(name)) return 1;
  if (/(Ms|Bytes|Count)$|^count$/.test(name)) return Number.POSITIVE_INFINITY;
  return undefined;
}
