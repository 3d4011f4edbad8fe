import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TakeId, UserId } from '../../../../src/core/ids';
import { seededRandom, shuffled } from '../../../../src/core/random';
import { epochMs } from '../../../../src/core/units';
import { Cohort, normalisedScore } from '../../../../src/speech/voice/cohort';
import { VoiceEvidence } from '../../../../src/speech/voice/voice-evidence';
import { VoiceProfile, type VoiceTake } from '../../../../src/speech/voice/voice-profile';
import { identifySpeaker, verifyVoice } from '../../../../src/speech/voice/voice-verification';
import { cohortRows, embeddingOf, idOf, takesOf, uttered, voice } from '../../../support/voiceprints';

const cohort = new Cohort(cohortRows(64));
const SPREAD = 0.9;
const NOW = epochMs(1_700_500_000_000);

function profileOf(takes: readonly VoiceTake[]): VoiceProfile {
  const profile = new VoiceProfile(cohort);
  for (const take of takes) profile.enrol(take);
  return profile;
}

/** Everything a profile decides by, to the last bit. */
function everythingOf(profile: VoiceProfile): unknown {
  const { state } = profile;
  if (state.kind !== 'ready') return state;
  const probes = [1, 2, 3].map((seed) => profile.scoreOf(voice(seed)));
  const { ownScore, strangerScore, logOdds } = state.calibration;
  return { centroid: [...state.centroid], ownScore, strangerScore, odds: logOdds(1.5, 2), probes };
}

describe('VoiceProfile', () => {
  const takes = takesOf(voice(1), 16, SPREAD);

  it('is the same to the last bit in whatever order takes were enrolled', () => {
    const expected = everythingOf(profileOf(takes));
    for (const seed of [1, 2, 3])
      expect(everythingOf(profileOf(shuffled(takes, seededRandom(seed))))).toEqual(expected);
  });

  it('forgets takes as if they had never been there, to the last bit', () => {
    fc.assert(
      fc.property(fc.subarray(takes.map(({ takeId }) => takeId)), (removed) => {
        const profile = profileOf(takes);
        profile.scoreOf(voice(2));
        for (const takeId of removed) profile.remove(takeId);
        const rest = takes.filter(({ takeId }) => !removed.includes(takeId));
        expect(everythingOf(profile)).toEqual(everythingOf(profileOf(rest)));
      }),
      { numRuns: 25 },
    );
  });

  it('counts every phrase once, however many takes it has', () => {
    const [first] = takes;
    const copies = Array.from({ length: 30 }, (_, n) => ({
      ...(first as VoiceTake),
      takeId: idOf<TakeId>(500 + n),
    }));
    const score = (profile: VoiceProfile) => profile.scoreOf(voice(1)) ?? 0;
    const difference = Math.abs(score(profileOf([...takes, ...copies])) - score(profileOf(takes)));
    expect(difference).toBeLessThan(0.25 * score(profileOf(takes)));
  });

  it('says what it lacks instead of a score', () => {
    expect(profileOf(takes.slice(0, 2)).state).toEqual({ kind: 'too-few-takes', takes: 2, needed: 3 });
    expect(profileOf(takes.slice(0, 2)).scoreOf(voice(1))).toBeUndefined();
    const alone = new VoiceProfile(new Cohort([]));
    for (const take of takes) alone.enrol(take);
    expect(alone.state).toEqual({ kind: 'no-cohort' });
    const noPrint = verifyVoice(profileOf(takes), new VoiceEvidence(), {}, NOW);
    expect(noPrint).toEqual({ kind: 'unavailable', reason: 'no-voiceprint' });
  });

  it('does not change when the caller writes into what it handed in', () => {
    const copies = takes.map((take) => ({ ...take, voiceprint: take.voiceprint.slice() }));
    const profile = profileOf(copies);
    for (const { voiceprint } of copies) voiceprint.fill(0);
    expect(everythingOf(profile)).toEqual(everythingOf(profileOf(takes)));
  });
});

describe('normalised scores', () => {
  it('are around 0 for strangers who sound alike, and do not depend on scale or offset of the cosine', () => {
    const scores = { mean: 0.2, deviation: 0.1 };
    expect(normalisedScore(0.2, scores, scores)).toBe(0);
    const stretched = { mean: 0.2 * 3 + 0.1, deviation: 0.3 };
    expect(normalisedScore(0.5 * 3 + 0.1, stretched, stretched)).toBeCloseTo(
      normalisedScore(0.5, scores, scores),
    );
  });
});

describe('verifyVoice', () => {
  const profile = profileOf(takesOf(voice(1), 16, SPREAD));
  const bandsOf = (speaker: Float32Array, utterances: number, seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 60 }, () => {
      const evidence = new VoiceEvidence();
      let band = '';
      for (let n = 0; n < utterances; n += 1) {
        const features = { embedding: embeddingOf(uttered(speaker, SPREAD, random)) };
        const verdict = verifyVoice(profile, evidence, features, NOW);
        band = verdict.kind === 'judged' ? verdict.band : verdict.kind;
      }
      return band;
    });
  };
  const share = (bands: readonly string[], band: string) =>
    bands.filter((each) => each === band).length / bands.length;

  it('tells the person from strangers, and rarely the wrong way round', () => {
    expect(share(bandsOf(voice(1), 3, 1), 'sounds-like-you')).toBeGreaterThan(0.9);
    for (const stranger of [2, 3, 4]) {
      const bands = bandsOf(voice(stranger), 3, stranger);
      expect(share(bands, 'sounds-like-somebody-else')).toBeGreaterThan(0.9);
      expect(share(bands, 'sounds-like-you')).toBeLessThan(0.02);
    }
  });

  it('is surer of three utterances than of one', () => {
    const scores = (count: number) => {
      const { state } = profile;
      return state.kind === 'ready' ? state.calibration.logOdds(state.calibration.ownScore - 1, count) : 0;
    };
    expect(Math.abs(scores(3))).toBeGreaterThanOrEqual(Math.abs(scores(1)));
  });

  it('never is certain', () => {
    const evidence = new VoiceEvidence();
    const verdict = verifyVoice(profile, evidence, { embedding: embeddingOf(voice(1)) }, NOW);
    expect(verdict.kind === 'judged' && verdict.probability).toBeLessThanOrEqual(0.981);
  });

  it('stays undecided where the voice cannot be told from strangers', () => {
    const random = seededRandom(5);
    const anybody = takesOf(voice(1), 12, SPREAD).map((take) => ({
      ...take,
      voiceprint: uttered(voice(Math.floor(random() * 1e6)), SPREAD, random),
    }));
    const verdict = verifyVoice(
      profileOf(anybody),
      new VoiceEvidence(),
      { embedding: embeddingOf(voice(77)) },
      NOW,
    );
    expect(verdict.kind === 'judged' && verdict.band).toBe('not-sure');
  });
});

describe('VoiceEvidence', () => {
  it('averages the last three utterances of the last five minutes', () => {
    const evidence = new VoiceEvidence();
    const minute = (n: number) => epochMs(NOW + n * 60_000);
    expect(evidence.at(NOW)).toBeUndefined();
    for (const [n, score] of [9, 1, 2, 3].entries()) evidence.add(score, minute(n));
    expect(evidence.at(minute(3))).toEqual({ score: 2, count: 3 });
    expect(evidence.at(minute(7))).toEqual({ score: 2.5, count: 2 });
    expect(evidence.at(minute(60))).toBeUndefined();
    evidence.forget();
    expect(evidence.at(minute(3))).toBeUndefined();
  });
});

describe('identifySpeaker', () => {
  const people = [1, 2, 3].map((seed) => ({
    userId: `person-${seed}` as string as UserId,
    profile: profileOf(takesOf(voice(seed), 16, SPREAD, seed)),
  }));
  const guess = (speaker: Float32Array) =>
    identifySpeaker(
      people.map((person) => ({ ...person, evidence: new VoiceEvidence() })),
      { embedding: embeddingOf(uttered(speaker, 0.5, seededRandom(777))) },
      NOW,
    );

  it('names whoever spoke, and nobody for a stranger; chances sum to 1', () => {
    for (const [index, { userId }] of people.entries()) {
      const guessed = guess(voice(index + 1));
      expect(guessed.kind === 'judged' && guessed.speaker).toBe(userId);
      if (guessed.kind !== 'judged') continue;
      const sum = guessed.guesses.reduce(
        (total, { probability }) => total + probability,
        guessed.somebodyElse,
      );
      expect(sum).toBeCloseTo(1, 12);
    }
    const stranger = guess(voice(99));
    expect(stranger.kind === 'judged' && stranger.speaker).toBe(undefined);
    expect(stranger.kind === 'judged' && stranger.somebodyElse).toBeGreaterThan(0.8);
  });

  it('says why it can name nobody', () => {
    expect(identifySpeaker([], {}, NOW)).toEqual({ kind: 'unavailable', reason: 'too-few-takes' });
  });
});
