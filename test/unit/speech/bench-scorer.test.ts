import { describe, expect, it } from 'vitest';
import {
  appScorer,
  type EnrolledClip,
  type Enrolment,
  templatesScorer,
} from '../../../bench/speech/bench-scorer';
import { createHeads } from '../../../bench/speech/heads';
import { createCompute } from '../../../src/compute/compute';
import type { Compute } from '../../../src/compute/compute-contract';
import type { PhraseId } from '../../../src/core/ids';
import type { Exemplar, TrainedScorer } from '../../../src/speech/recognition/scorer';
import {
  type Matcher,
  type MatchingView,
  TemplateMatcher,
} from '../../../src/speech/templates/template-matcher';
import { phraseId, teach } from './head/head-synthetic';

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

async function startedCompute(): Promise<Compute> {
  const compute = createCompute();
  await compute.start('wasm');
  return compute;
}

describe('scorer of the speech benchmark', () => {
  const exemplars = [...teach(0, 12), ...teach(1, 12)];
  const clips = exemplars.map(toClip);

  it('lets the head of the app decide where it knows better, and keeps templates alone from it', async () => {
    const app = await appScorer(new BlindMatcher(), async (takes) => knowing(takes)).enrol(clips);
    const templates = await templatesScorer(new BlindMatcher()).enrol(clips);
    expect(app.headWeight).toBeGreaterThan(0);
    expect(templates.headWeight).toBeUndefined();
    expect(rightOf(clips, app)).toBeGreaterThan(rightOf(clips, templates));
  });

  it('trains one head on the takes enrolled, whatever their order, and none on single takes', async () => {
    const headOf = createHeads(await startedCompute());
    const head = await headOf(exemplars);
    expect([...(head?.heldOut.keys() ?? [])].sort()).toEqual(exemplars.map(({ takeId }) => takeId).sort());
    expect(await headOf([...exemplars].reverse())).toBe(head);
    expect(await headOf(exemplars.slice(1))).not.toBe(head);
    expect(await headOf([...teach(0, 1), ...teach(1, 1)])).toBeUndefined();
  });

  it('names phrases it was taught, through the real head', async () => {
    const { recognise } = await appScorer(new TemplateMatcher(), createHeads(await startedCompute())).enrol(
      clips,
    );
    for (const phrase of [0, 1]) {
      const [heard] = teach(phrase, 1, 7);
      expect(heard && recognise(heard.features).word).toBe(phraseId(phrase));
    }
  });
});
