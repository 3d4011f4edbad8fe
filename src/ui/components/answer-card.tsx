import { useId } from 'react';
import type { PhraseId } from '../../core/ids';
import type { Answer, Interaction } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';
import { outcomeText } from '../outcome-text';
import { ActionQuestion } from './action-question';
import { ConfidenceArc } from './confidence-arc';
import { Icon } from './icon';
import { VoiceMark } from './voice-mark';

/** Below this a runner-up says nothing worth showing. */
const WORTH_SHOWING = 0.02;

/** The answer to the last thing said: what was recognised, how sure, what it did, and every way out. */
export function AnswerCard({
  interaction,
  answer,
  onCorrect,
  onWhy,
}: {
  readonly interaction: Interaction;
  readonly answer: Answer;
  readonly onCorrect: () => void;
  readonly onWhy: () => void;
}) {
  const text = useText();
  const { stage } = answer;
  const isOpen = interaction.recognition.outcome === 'did-you-mean' && stage === 'asking';
  return (
    <section
      className="answer"
      aria-label={text('answer.label')}
      data-outcome={interaction.recognition.outcome}
    >
      {isOpen && <DidYouMean interaction={interaction} onWhy={onWhy} />}
      {!isOpen && interaction.phraseId !== undefined && (
        <Recognised
          interaction={interaction}
          phraseId={interaction.phraseId}
          answer={answer}
          onCorrect={onCorrect}
          onWhy={onWhy}
        />
      )}
      {!isOpen && interaction.phraseId === undefined && (
        <Unknown interaction={interaction} onCorrect={onCorrect} onWhy={onWhy} />
      )}
    </section>
  );
}

function Recognised({
  interaction,
  phraseId,
  answer,
  onCorrect,
  onWhy,
}: {
  readonly interaction: Interaction;
  readonly phraseId: PhraseId;
  readonly answer: Answer;
  readonly onCorrect: () => void;
  readonly onWhy: () => void;
}) {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const { phrases, settings } = useEchoState();
  const phrase = phrases.find((one) => one.id === phraseId);
  const { stage, decision } = answer;
  const isWaiting = stage === 'confirming' || stage === 'holding';
  const { candidates } = interaction.recognition;
  const winner = candidates.find((candidate) => candidate.phraseId === phraseId);
  const runnerUp = candidates.find((candidate) => candidate.phraseId !== phraseId);
  const isChosen = interaction.recognition.outcome !== 'accepted';
  const isLeft = stage === 'settled' && decision !== undefined && interaction.action.kind === 'not-run';
  const isNotDone = isLeft && phrase?.action.kind !== 'none' && decision.kind !== 'act';
  const told = isNotDone ? text('consent.notDone') : outcomeText(text, interaction, phrase);
  const result = stage === 'acting' ? text('answer.acting') : told;
  // Why it is asked stays in sight; brief answers leave out what is known to be fine.
  const isBrief = settings.answers.style === 'brief' && !isWaiting;
  // How sure Echo was of what it was not says nothing any more.
  const isSureShown = !isChosen && !isBrief && interaction.correction === undefined;
  const canUndo = interaction.action.kind === 'done' && interaction.action.undoToken !== undefined;

  return (
    <>
      <p className="answer-name">{nameOf(phraseId)}</p>
      <div className="row answer-facts">
        {isChosen && <span className="quiet">{text('answer.youChose')}</span>}
        {isSureShown && winner !== undefined && <ConfidenceArc confidence={winner.confidence} />}
        {isSureShown && runnerUp !== undefined && runnerUp.confidence >= WORTH_SHOWING && (
          <span className="chip">{text('answer.runnerUp', { name: nameOf(runnerUp.phraseId) })}</span>
        )}
        {interaction.recognition.habit !== undefined && (
          <span className="chip">
            {text('answer.byHabit', { over: nameOf(interaction.recognition.habit.over) })}
          </span>
        )}
        {!isBrief && <VoiceMark interaction={interaction} />}
      </div>
      {isWaiting && <ActionQuestion key={stage} id={interaction.id} answer={answer} />}
      {result !== '' && (
        <p className={interaction.action.kind === 'failed' ? 'problem answer-result' : 'answer-result'}>
          {interaction.action.kind !== 'failed' && phrase !== undefined && (
            <Icon name={phrase.action.kind} size={20} />
          )}
          {result}
        </p>
      )}
      <CorrectionMark interaction={interaction} />
      <div className="row answer-buttons">
        {canUndo && (
          <button type="button" className="button" onClick={() => void echo.talk.undo(interaction.id)}>
            <Icon name="undo" />
            {text('answer.undo')}
          </button>
        )}
        {interaction.action.kind === 'failed' && phrase !== undefined && (
          <button type="button" className="button" onClick={() => void echo.phrases.tryAction(phrase.action)}>
            {text('outcome.tryAgain')}
          </button>
        )}
        <button type="button" className="button" onClick={onCorrect}>
          {text('answer.thatWas')}
        </button>
        <WhyButton onWhy={onWhy} />
      </div>
    </>
  );
}

function DidYouMean({
  interaction,
  onWhy,
}: {
  readonly interaction: Interaction;
  readonly onWhy: () => void;
}) {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const headingId = useId();
  return (
    <>
      <h2 id={headingId} className="answer-question">
        {text('answer.didYouMean')}
      </h2>
      <ul className="answer-choices" aria-labelledby={headingId}>
        {interaction.recognition.candidates.slice(0, 3).map((candidate) => (
          <li key={candidate.phraseId}>
            <button
              type="button"
              className="button button-wide answer-choice"
              onClick={() => void echo.talk.choose(interaction.id, candidate.phraseId)}
            >
              <span>{nameOf(candidate.phraseId)}</span>
              <ConfidenceArc confidence={candidate.confidence} />
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className="button button-quiet button-wide"
            onClick={() => void echo.talk.choose(interaction.id, undefined)}
          >
            {text('answer.noneOfThese')}
          </button>
        </li>
      </ul>
      <WhyButton onWhy={onWhy} />
    </>
  );
}

function Unknown({
  interaction,
  onCorrect,
  onWhy,
}: {
  readonly interaction: Interaction;
  readonly onCorrect: () => void;
  readonly onWhy: () => void;
}) {
  const text = useText();
  const flaw = interaction.quality.flaws[0];
  return (
    <>
      <p className="answer-name quiet">{text('answer.unknown')}</p>
      {interaction.correction === undefined && <p className="quiet">{text('answer.unknownHint')}</p>}
      {flaw !== undefined && (
        <p className="answer-result">
          <Icon name="info" size={20} />
          {text(`flaw.${flaw}`)}
        </p>
      )}
      <CorrectionMark interaction={interaction} />
      <div className="row answer-buttons">
        <button type="button" className="button button-primary" onClick={onCorrect}>
          {text('answer.thatWas')}
        </button>
        <WhyButton onWhy={onWhy} />
      </div>
    </>
  );
}

function WhyButton({ onWhy }: { readonly onWhy: () => void }) {
  const text = useText();
  return (
    <button type="button" className="button button-quiet" onClick={onWhy}>
      {text('why.open')}
    </button>
  );
}

function CorrectionMark({ interaction }: { readonly interaction: Interaction }) {
  const text = useText();
  const nameOf = usePhraseName();
  if (interaction.correction === undefined) return null;
  return (
    <p className="answer-result">
      <Icon name="check" size={20} />
      {interaction.correction.kind === 'phrase'
        ? text('answer.corrected.phrase', { name: nameOf(interaction.correction.phraseId) })
        : text('answer.corrected.nothing')}
    </p>
  );
}
