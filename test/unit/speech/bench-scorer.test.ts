import { describe, expect, it } from 'vitest';
import {
  appScorer,
  type EnrolledClip,
  type Enrolment,
  templatesScorer,
} from '../../../bench/speech/bench-scorer';
import { createTuning } from '../../../bench/speech/tuning';
import type { PhraseId } from '../../../src/core/ids';
import type { Exemplar, TrainedScorer } from '../../../src/speech/recognition/scorer';
import {
  type Matcher,
  type MatchingView,
  TemplateMatcher,
} from '../../../src/speech/templates/template-matcher';
import { startEncoding } from '../../support/encoded-phrases';
import { teach } from '../../support/synthetic-phrases';

const toClip = ({ takeId, phraseId: word, features }: Exemplar): EnrolledClip => ({
  id: takeId,
  word,
  features,
});

/** Distances that have nothing to do with what was said: templates can only guess. */
class BlindMatcher extends TemplateMatcher implements Matcher {
  override coarse(a: MatchingView, b: MatchingView): number {
    return this.fine(a, b);
  }
  override fine(a: MatchingView, b: MatchingView): number {
    return 10 + ((a.fine.frameCount * b.fine.frameCount) % 101) / 20;
  }
}

const rightOf = (clips: readonly EnrolledClip[], { recognise }: Enrolment): number =>
  clips.filter(({ word, features }) => recognise(features).word === word).length;

/** Knows every take by heart, held out or not. */
function knowing(exemplars: readonly Exemplar[]): TrainedScorer {
  const certain = (right: PhraseId | undefined): Map<PhraseId, number> =>
    new Map(exemplars.map(({ phraseId: each }) => [each, each === right ? 0 : 3]));
  return {
    name: 'knowing',
    distances: (features) => certain(exemplars.find((each) => each.features === features)?.phraseId),
    heldOut: new Map(exemplars.map(({ takeId, phraseId: right }) => [takeId, certain(right)])),
  };
}

describe('scorer of the speech benchmark', () => {
  const exemplars = [...teach(0, 12), ...teach(1, 12)];
  const clips = exemplars.map(toClip);

  it('lets the tuned encoder of the app decide where it knows better, and keeps templates alone from it', async () => {
    const app = await appScorer(new BlindMatcher(), async (takes) => knowing(takes)).enrol(clips);
    const templates = await templatesScorer(new BlindMatcher()).enrol(clips);
    expect(app.tunedWeight).toBeGreaterThan(0);
    expect(templates.tunedWeight).toBeUndefined();
    expect(rightOf(clips, app)).toBeGreaterThan(rightOf(clips, templates));
  });

  it('tunes once for the takes enrolled, whatever their order, and not for few', async () => {
    const { compute, encoder, encodeAll } = await startEncoding();
    const enrolled = await encodeAll([...teach(0, 16), ...teach(1, 16)]);
    const tunedBy = createTuning(compute, encoder);
    const tuned = await tunedBy(enrolled);
    expect(new Set(tuned?.heldOut.keys())).toEqual(new Set(enrolled.map(({ takeId }) => takeId)));
    expect(await tunedBy([...enrolled].reverse())).toBe(tuned);
    expect(await tunedBy(enrolled.slice(0, 19))).toBeUndefined();
  }, 30_000);
});
