import type { RecognitionOutcome } from '../../learning/recognition';
import { type Part, type SegmentSay, sayOfPart } from './deciding';

/** An explanation in one sentence, before it is put into words. */
export type ExplanationSummary =
  /** No recording to compare with: nothing was taught, or it was deleted since. */
  | { readonly kind: 'nothing-to-compare' }
  /** Like no phrase; this part was the farthest off. */
  | { readonly kind: 'unknown'; readonly different: Part }
  /** There is no other phrase; this part was the nearest. */
  | { readonly kind: 'alone'; readonly nearest: Part }
  /** Every part spoke for the winner. */
  | { readonly kind: 'throughout' }
  /** Another part sounded like the winner too. */
  | { readonly kind: 'also'; readonly also: Part; readonly decided: Part }
  /** Another part sounded more like the runner-up. */
  | { readonly kind: 'against'; readonly against: Part; readonly decided: Part }
  /** The other parts were as much like either. */
  | { readonly kind: 'one-part'; readonly decided: Part }
  /** These two recordings alone would have spoken for the runner-up: other recordings decided. */
  | { readonly kind: 'not-by-these' };

const PARTS: readonly Part[] = ['beginning', 'middle', 'end'];
/** A part has a say when it has this share of the say of the loudest. */
const HEARD_SHARE = 0.25;

export function summarise(
  says: readonly SegmentSay[],
  outcome: RecognitionOutcome,
  hasRunnerUp: boolean,
): ExplanationSummary {
  if (!says.some(({ part }) => part !== 'silence')) return { kind: 'nothing-to-compare' };
  const parts = PARTS.filter((part) => says.some((say) => say.part === part))
    .map((part) => ({ part, say: sayOfPart(says, part) }))
    .sort((a, b) => b.say - a.say);
  const most = parts[0] as (typeof parts)[number];
  const least = parts.at(-1) as (typeof parts)[number];
  if (outcome === 'unknown') return { kind: 'unknown', different: least.part };
  if (!hasRunnerUp) return { kind: 'alone', nearest: most.part };
  if (parts.reduce((sum, { say }) => sum + say, 0) <= 0) return { kind: 'not-by-these' };
  const enough = HEARD_SHARE * most.say;
  if (parts.length > 1 && least.say >= enough) return { kind: 'throughout' };
  if (least.say <= -enough) return { kind: 'against', against: least.part, decided: most.part };
  const second = parts[1];
  return second !== undefined && second.say >= enough
    ? { kind: 'also', also: second.part, decided: most.part }
    : { kind: 'one-part', decided: most.part };
}
