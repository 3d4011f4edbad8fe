import { describe, expect, it } from 'vitest';
import { type LearningDataId, newId, type PhraseId, type TakeId, type UserId } from '../../src/core/ids';
import type { JsonObject } from '../../src/core/json';
import { seededRandom } from '../../src/core/random';
import { epochMs, monotonicMs } from '../../src/core/units';
import { describeLearner } from '../../src/learning/conformance/describe-learner';
import type { LearningData } from '../../src/learning/learning-data';
import { Cohort } from '../../src/speech/voice/cohort';
import {
  removedVoiceTakeContent,
  VOICE_TAKE_DATA,
  VoiceProfileLearner,
  voiceTakeContent,
} from '../../src/speech/voice/voice-profile-learner';
import { cohortRows, takesOf, uttered, voice } from '../support/voiceprints';

const userId = newId<UserId>();
const cohort = new Cohort(cohortRows(32));
const takes = takesOf(voice(1), 6, 0.7).map((take) => ({
  ...take,
  takeId: newId<TakeId>(),
  phraseId: newId<PhraseId>(),
}));

const observation = (content: JsonObject, createdAt = 1_700_000_000_000): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'speech',
  dataType: VOICE_TAKE_DATA,
  content,
  privacyLevel: 'confidential',
  qualityScore: 1,
  createdAt,
});

const data = takes.map((take) => observation(voiceTakeContent(take), take.recordedAt));
const inputs = [
  { voiceprint: [...uttered(voice(1), 0.7, seededRandom(8))], hour: 9 },
  { voiceprint: [...voice(50)], hour: 10 },
];
const config = { privacyLevels: ['confidential'], batchSize: 4 };
const create = () => new VoiceProfileLearner('voice', cohort);

describeLearner(
  { describe, it },
  'voice-profile',
  create,
  { config, data, inputs },
  {
    doModesAgree: true,
    badConfigs: [{ config: { maximumTakes: 1 }, path: 'maximumTakes' }],
  },
);

describe('VoiceProfileLearner', () => {
  const context = {
    userId,
    agentId: 'test',
    sessionId: 'test',
    clock: { now: () => epochMs(1_700_000_000_000), monotonic: () => monotonicMs(0) },
    random: seededRandom(1),
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    signal: new AbortController().signal,
  };
  const taught = async (given: readonly LearningData[], settings: JsonObject = config) => {
    const learner = create();
    await learner.initialize(settings);
    await learner.learn(given, context);
    return learner;
  };

  it('forgets a removed take as if it had never been there, to the last bit', async () => {
    const [first, ...rest] = data as [LearningData, ...LearningData[]];
    const gone = observation(removedVoiceTakeContent(takes[0]?.takeId as TakeId));
    const learner = await taught([...rest, first, gone]);
    expect(await learner.save()).toEqual(await (await taught([...rest].reverse())).save());
  });

  it('learns nothing of a voice unless it is configured to', async () => {
    const learner = await taught(data, {});
    expect(learner.getInsights()).toMatchObject({ takes: 0 });
  });

  it('tells counts only: no number that was computed from a voice', async () => {
    expect((await taught(data)).getInsights()).toEqual({ takes: 6, phrases: 6, state: 'ready' });
  });

  it('keeps the newest takes when there are more than it may remember', async () => {
    const learner = await taught(data, { ...config, maximumTakes: 3 });
    expect(learner.getInsights()).toMatchObject({ takes: 3 });
  });
});
