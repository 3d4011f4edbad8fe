import type { LearningDataId } from '../../core/ids';
import type { LearningEvent } from '../../events/learning-event';
import { assessDataQuality } from '../../learning/data-quality';
import type { LearningData } from '../../learning/learning-data';
import { CORRECTION_DATA, INTERACTION_DATA } from './behaviour-patterns';

/** Something a person did, as it is stored and learnt from. */
export type ObservedEvent = LearningEvent<'user-interaction' | 'correction-received'>;

/** The id is that of the event, so that one that is delivered twice is stored once. */
export function learningDataOf(event: ObservedEvent): LearningData {
  const data =
    event.type === 'user-interaction' ? interactionData(event.payload) : correctionData(event.payload);
  const row = {
    ...data,
    id: event.id as string as LearningDataId,
    privacyLevel: 'private' as const,
    createdAt: event.at,
  };
  return { ...row, qualityScore: assessDataQuality(row, event.at).score };
}

/** The same interaction, now that the person said it was wrong. */
export function correctedData(data: LearningData): LearningData {
  return { ...data, content: { ...data.content, corrected: true, satisfaction: 0 } };
}

function interactionData(payload: LearningEvent<'user-interaction'>['payload']) {
  const { userId, agentId, sessionId, interactionType, result, satisfaction, durationMs, content } = payload;
  return {
    userId,
    agentId,
    ...(sessionId === undefined ? {} : { sessionId }),
    dataType: INTERACTION_DATA,
    content: {
      ...content,
      interactionType,
      result,
      ...(satisfaction === undefined ? {} : { satisfaction }),
      ...(durationMs === undefined ? {} : { durationMs }),
    },
  };
}

function correctionData(payload: LearningEvent<'correction-received'>['payload']) {
  const { userId, subjectId, before, after } = payload;
  return {
    userId,
    agentId: 'correction',
    dataType: CORRECTION_DATA,
    // What was done was not what was wanted: a failure that was told of.
    content: { interactionType: 'correction', result: 'failure', satisfaction: 0, subjectId, before, after },
  };
}
