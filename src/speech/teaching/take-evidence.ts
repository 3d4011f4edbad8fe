import { pause } from '../../core/pause';
import { err, ok, type Result } from '../../core/result';
import { epochMs } from '../../core/units';
import { type Interaction, isHeard, type Quality } from '../../learning/records';
import type { RecordStore } from '../../vault/vault-types';
import { findConfusions, type MistakenUtterance } from '../pronunciation/confusions';
import { adviseOn, type PronunciationAdvice } from '../pronunciation/pronunciation-advice';
import { PronunciationPatterns } from '../pronunciation/pronunciation-patterns';
import type { SpeechError } from '../speech-events';
import { RememberingMatcher } from '../templates/remembering-matcher';
import { TemplateMatcher } from '../templates/template-matcher';
import { TemplateScorer } from '../templates/template-scorer';
import { partOfDayAt } from '../voice/part-of-day';
import { gatherTakeEvidence, type TakeEvidence } from './error-curve';
import { planRecordings, type RecordingSuggestion } from './next-recording';
import type { RecordingCondition, UseEvidence } from './recording-condition';
import type { LearntTake } from './take-library';

/** Less than one utterance in two hundred fewer named wrong is not worth anybody's time. */
const LEAST_DROP = 0.005;
const MOST_SUGGESTIONS = 3;

/** Which recordings would help, best first; empty when none would. */
export async function suggestRecordings(
  takes: readonly LearntTake[],
  store: RecordStore,
): Promise<Result<readonly RecordingSuggestion[], SpeechError>> {
  const history = await store.list('interactions');
  if (!history.ok) return err({ kind: 'vault', error: history.error });
  const use = history.value.rows.filter(isHeard).flatMap(useOf);
  // Every phrase counts once by itself: one that was not said lately is not one that is never said.
  const said = new Map(takes.map(({ take }) => [take.phraseId, 1]));
  for (const { phraseId } of use) if (said.has(phraseId)) said.set(phraseId, (said.get(phraseId) ?? 0) + 1);
  const suggestions = planRecordings(await evidenceOf(takes), { said, use });
  return ok(
    suggestions
      .filter(
        ({ reasons, errorNow, errorAfter }) => reasons.length > 0 && errorNow - errorAfter >= LEAST_DROP,
      )
      .slice(0, MOST_SUGGESTIONS),
  );
}

/** What is worth telling about how the phrases are said, confusable pairs first. */
export async function advisePronunciation(
  takes: readonly LearntTake[],
  store: RecordStore,
): Promise<Result<readonly PronunciationAdvice[], SpeechError>> {
  const history = await store.list('interactions');
  if (!history.ok) return err({ kind: 'vault', error: history.error });
  const matcher = new TemplateMatcher();
  const patterns = new PronunciationPatterns();
  for (const { exemplar } of takes) {
    const { takeId, phraseId, features } = exemplar;
    patterns.enrol({ takeId, phraseId, frames: matcher.viewOf(features).fine });
  }
  const mistaken = history.value.rows.filter(isHeard).flatMap(mistakenIn);
  const said = new Map(takes.map(({ take }) => [take.phraseId, 0]));
  for (const { phraseId } of history.value.rows.filter(isHeard).flatMap(useOf))
    said.set(phraseId, (said.get(phraseId) ?? 0) + 1);
  const confusions = findConfusions(await evidenceOf(takes), mistaken, said);
  await pause();
  return ok(adviseOn(patterns.all(), confusions));
}

/** An utterance must not wait for advice: events are let in between two takes. */
async function evidenceOf(takes: readonly LearntTake[]): Promise<TakeEvidence[]> {
  const matcher = new RememberingMatcher();
  const scorer = new TemplateScorer(matcher);
  const exemplars = takes.map(({ exemplar }) => exemplar);
  for (const exemplar of exemplars) scorer.enrol(exemplar);
  const leftOut = new Map<string, ReturnType<TemplateScorer['distances']>>();
  for (const { takeId, features } of exemplars) {
    leftOut.set(takeId, scorer.distances(features, takeId));
    await pause();
  }
  const conditions = new Map(takes.map(({ take }) => [take.id, conditionOf(take.quality, take.recordedAt)]));
  return gatherTakeEvidence(
    exemplars,
    ({ takeId }) => leftOut.get(takeId) ?? new Map(),
    (a, b) => matcher.fine(matcher.viewOf(a), matcher.viewOf(b)),
  ).map((evidence) => {
    const condition = conditions.get(evidence.takeId);
    return condition === undefined ? evidence : { ...evidence, condition };
  });
}

/** Level and pace are left out: gain control evens out the one, and the other is not kept with an utterance. */
function conditionOf({ signalToNoiseDb }: Quality, at: number): RecordingCondition {
  const utcOffsetMinutes = -new Date(at).getTimezoneOffset();
  return { signalToNoiseDb, partOfDay: partOfDayAt(epochMs(at), utcOffsetMinutes) };
}

const mistakenIn = ({ correction, recognition }: Interaction): MistakenUtterance[] => {
  const heard = recognition.outcome === 'accepted' ? recognition.candidates[0] : undefined;
  if (correction?.kind !== 'phrase' || heard === undefined || heard.phraseId === correction.phraseId)
    return [];
  return [{ saidId: correction.phraseId, heardId: heard.phraseId }];
};

/** What was said, as far as the person acted on it or said so. */
function useOf(interaction: Interaction): UseEvidence[] {
  const { correction, phraseId, quality, heardAt } = interaction;
  const said = correction?.kind === 'phrase' ? correction.phraseId : phraseId;
  if (said === undefined || correction?.kind === 'nothing') return [];
  return [
    {
      phraseId: said,
      condition: conditionOf(quality, heardAt),
      wasWrong: mistakenIn(interaction).length > 0,
    },
  ];
}
