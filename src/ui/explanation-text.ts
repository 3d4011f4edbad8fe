import type { PhraseId } from '../core/ids';
import type { Explanation } from '../echo';
import type { Text } from './i18n/localisation';

type NameOf = (id: PhraseId) => string;

/** What somebody asks who opens an explanation. */
export function explanationTitle(text: Text, { outcome, winnerThen }: Explanation, nameOf: NameOf): string {
  if (outcome === 'accepted' && winnerThen !== undefined) {
    return text('why.title.accepted', { name: nameOf(winnerThen.phraseId) });
  }
  return text(outcome === 'unknown' ? 'why.title.unknown' : 'why.title.asked');
}

/** The answer in one sentence. */
export function explanationSentence(text: Text, explanation: Explanation, nameOf: NameOf): string {
  const { summary, outcome, winnerThen, runnerUp, runnerUpThen } = explanation;
  const name = winnerThen === undefined ? '' : nameOf(winnerThen.phraseId);
  const otherId = runnerUp?.phraseId ?? runnerUpThen?.phraseId;
  const other = otherId === undefined ? '' : nameOf(otherId);
  switch (summary.kind) {
    case 'nothing-to-compare':
      return text('why.summary.nothing-to-compare');
    case 'unknown':
      return text('why.summary.unknown', { name, part: summary.different });
    case 'alone':
      return text('why.summary.alone', { name, part: summary.nearest });
    case 'throughout':
      return text('why.summary.throughout', { name, other });
    case 'also':
      return text('why.summary.also', { name, also: summary.also, decided: summary.decided });
    case 'against':
      // Where Echo asked, nothing was decided yet.
      return text(outcome === 'accepted' ? 'why.summary.against' : 'why.summary.between', {
        name,
        other,
        against: summary.against,
        decided: summary.decided,
      });
    case 'one-part':
      return text('why.summary.one-part', { name, other, decided: summary.decided });
    case 'not-by-these':
      return text('why.summary.not-by-these', { name, other });
  }
}

/** Why a question was asked instead of an answer given; empty where there was an answer. */
export function askedSentence(
  text: Text,
  { outcome, winnerThen, runnerUpThen }: Explanation,
  nameOf: NameOf,
): string {
  if (outcome !== 'did-you-mean' || winnerThen === undefined) return '';
  const name = nameOf(winnerThen.phraseId);
  return winnerThen.distance <= winnerThen.threshold && runnerUpThen !== undefined
    ? text('why.asked.tooClose', { name, other: nameOf(runnerUpThen.phraseId) })
    : text('why.asked.notNear', { name });
}
