import { type LearningDataId, newId, type UserId } from '../../src/core/ids';
import type { JsonObject } from '../../src/core/json';
import type { ConformanceSamples } from '../../src/learning/conformance/conformance-samples';
import type { LearningData } from '../../src/learning/learning-data';

const userId = newId<UserId>();
const MORNING = 1_700_000_000_000;

function observation(dataType: string, content: JsonObject, minutes: number): LearningData {
  return {
    id: newId<LearningDataId>(),
    userId,
    agentId: 'conversation',
    dataType,
    content,
    privacyLevel: 'private',
    qualityScore: 0.9,
    createdAt: MORNING + minutes * 60_000,
  };
}

const used = (phraseId: string, utteranceId: string, minutes: number): LearningData =>
  observation(
    'user-interaction',
    {
      interactionType: 'voice-command',
      phraseId,
      utteranceId,
      result: 'success',
      hour: 8,
      minute: minutes % 60,
      weekday: 2,
    },
    minutes,
  );

/** A morning that goes the same way every day, and one thing that was not meant. */
export const nextActionSamples: ConformanceSamples = {
  config: { maximumActions: 3 },
  data: [
    ...Array.from({ length: 8 }, (_, day) => [
      used('good-morning', `a${day}`, day * 1_440),
      used('kettle', `b${day}`, day * 1_440 + 2),
      used(day % 2 === 0 ? 'radio' : 'news', `c${day}`, day * 1_440 + 20),
    ]).flat(),
    used('good-night', 'wrong', 12_000),
    observation('correction', { subjectId: 'wrong', interactionType: 'correction' }, 12_001),
    observation('offer-dismissed', { offer: 'kettle', hour: 8 }, 12_002),
  ],
  inputs: [
    { hour: 8, minute: 5, weekday: 3, appState: 'idle' },
    { hour: 22, minute: 0, weekday: 6, appState: 'hands-free' },
  ],
};

/** Somebody who speaks fast answers down, chooses a slower rate, and says that they want to be asked. */
export const preferenceSamples: ConformanceSamples = {
  config: {},
  data: [
    ...Array.from({ length: 5 }, (_, at) =>
      observation('preference', { preference: 'response-mode', value: 'silent', act: 'done' }, at),
    ),
    observation('preference', { preference: 'response-mode', value: 'spoken', act: 'done' }, 6),
    observation('preference', { preference: 'speech-rate', value: '0.75', act: 'chosen' }, 7),
    observation('preference', { preference: 'confirmation', value: 'ask', act: 'set' }, 8),
    observation('preference', { preference: 'detail', value: 'full', act: 'chosen' }, 9),
    observation('preference', { preference: 'detail', value: '', act: 'forgotten' }, 10),
  ],
  inputs: [
    { preference: 'response-mode', hour: 8 },
    { preference: 'confirmation', hour: 9 },
    { preference: 'detail', hour: 9 },
  ],
};

/** Uncertain interactions go wrong, certain ones do not. */
export const satisfactionSamples: ConformanceSamples = {
  config: {},
  data: Array.from({ length: 40 }, (_, at) => {
    const isWrong = at % 3 === 0;
    const asked = observation(
      'user-interaction',
      {
        interactionType: 'voice-command',
        result: 'success',
        utteranceId: `u${at}`,
        phraseId: `p${at % 4}`,
        recognition: isWrong ? 'did-you-mean' : 'accepted',
        confidence: isWrong ? 0.3 : 0.9,
        latencyMs: 40,
        hour: 9,
        weekday: 2,
      },
      at * 3,
    );
    const regret = observation(
      'correction',
      { subjectId: `u${at}`, interactionType: 'correction' },
      at * 3 + 1,
    );
    return isWrong ? [asked, regret] : [asked];
  }).flat(),
  inputs: [
    { recognition: 'accepted', confidence: 0.95 },
    { recognition: 'did-you-mean', confidence: 0.2 },
  ],
};
