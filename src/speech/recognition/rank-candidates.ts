import type { PhraseId } from '../../core/ids';
import type { Candidate, Recognition } from '../../learning/recognition';
import { nearestPhrases } from './acoustic-scorer';
import type { Calibration } from './calibration';

const MOST_CANDIDATES = 5;
/** Below the threshold, but as sure as this: worth asking. */
const ASK_FROM = 0.17;
/** An utterance nearer to a misfire than to the phrase falls behind other phrases by this factor at most. */
const MOST_SETBACK = 3;

/** What is made of an utterance by its distances alone. */
export interface Ranking extends Pick<Recognition, 'outcome' | 'candidates'> {
  /** Asked about only because two phrases are about as near. */
  readonly isTie: boolean;
}

/**
 * Puts the phrases in order, those behind that it would be wrong to take for this utterance again.
 *
 * @param misfiresOf distances to what is filed as *not* one of these phrases; asked for few, because aligning is slow
 */
export function rankCandidates(
  distances: ReadonlyMap<PhraseId, number>,
  calibration: Calibration,
  misfiresOf: (phrases: ReadonlySet<PhraseId>) => ReadonlyMap<PhraseId, number>,
): Ranking {
  // Misfires push phrases back; those that come behind the first however far it is pushed need no pushing.
  const reach = MOST_SETBACK * Math.min(...distances.values());
  const near = [...nearestPhrases(distances, MOST_CANDIDATES)].filter(
    (phraseId) => (distances.get(phraseId) ?? reach) <= reach,
  );
  const misfires = misfiresOf(new Set(near));
  const ranked: { candidate: Candidate; isTooClose: boolean; rank: number }[] = [];
  for (const [phraseId, distance] of distances) {
    if (!Number.isFinite(distance)) continue;
    const misfire = misfires.get(phraseId);
    const { threshold, confidence, isTooClose } = calibration.judge(phraseId, distances, misfire);
    const setback = misfire === undefined ? 1 : Math.min(MOST_SETBACK, Math.max(1, distance / misfire));
    ranked.push({
      candidate: { phraseId, confidence, distance, threshold },
      isTooClose,
      rank: distance * setback,
    });
  }
  ranked.sort((a, b) => a.rank - b.rank);
  const [best] = ranked;
  const outcome =
    best === undefined || best.candidate.confidence < ASK_FROM
      ? 'unknown'
      : best.candidate.distance <= best.candidate.threshold && !best.isTooClose
        ? 'accepted'
        : 'did-you-mean';
  return {
    outcome,
    candidates: ranked.slice(0, MOST_CANDIDATES).map(({ candidate }) => candidate),
    isTie: outcome === 'did-you-mean' && best?.isTooClose === true,
  };
}
