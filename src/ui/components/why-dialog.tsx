import '../styles/explaining.css';
import { useCallback } from 'react';
import type { UtteranceId } from '../../core/ids';
import type { Explanation, Interaction, LearningError } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { askedSentence, explanationSentence, explanationTitle } from '../explanation-text';
import { useAnswer } from '../hooks/use-answer';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation, useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { ConfidenceArc } from './confidence-arc';
import { Dialog } from './dialog';
import { ExplanationFigure } from './explanation-figure';
import { ExplanationFigures } from './explanation-figures';
import { NotThis } from './not-this';

/** Why an utterance was taken for what it was: in a sentence, in a picture, in figures, and the way to say it was not. */
export function WhyDialog({
  id,
  onClose,
  onCorrect,
}: {
  readonly id: UtteranceId;
  readonly onClose: () => void;
  readonly onCorrect: (interaction: Interaction) => void;
}) {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const interaction = useEchoState().history.find((one) => one.id === id);
  const told = JSON.stringify(interaction?.correction);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a correction changed is worth asking again
  const ask = useCallback(() => echo.talk.explain(id), [echo, id, told]);
  const { value: explanation, error } = useAnswer(ask);
  return (
    <Dialog
      title={explanation === undefined ? text('why.open') : explanationTitle(text, explanation, nameOf)}
      onClose={onClose}
    >
      {explanation === undefined && error === undefined && <p className="quiet">{text('why.comparing')}</p>}
      {error !== undefined && <WhyProblem error={error} />}
      {explanation !== undefined && (
        <>
          <Answer explanation={explanation} />
          {interaction !== undefined && <ByHabit interaction={interaction} />}
          <ExplanationFigure explanation={explanation} id={id} />
          <ExplanationFigures explanation={explanation} />
          {interaction !== undefined && (
            <NotThis
              interaction={interaction}
              explanation={explanation}
              onCorrect={() => onCorrect(interaction)}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

function Answer({ explanation }: { readonly explanation: Explanation }) {
  const text = useText();
  const nameOf = usePhraseName();
  const { outcome, winnerThen } = explanation;
  const asked = askedSentence(text, explanation, nameOf);
  return (
    <div className="stack why-answer">
      {asked !== '' && <p>{asked}</p>}
      <p className="lead">{explanationSentence(text, explanation, nameOf)}</p>
      {outcome === 'accepted' && winnerThen !== undefined && (
        <ConfidenceArc confidence={winnerThen.confidence} />
      )}
    </div>
  );
}

function ByHabit({ interaction }: { readonly interaction: Interaction }) {
  const text = useText();
  const { formats } = useLocalisation();
  const nameOf = usePhraseName();
  const { habit, candidates } = interaction.recognition;
  const [winner] = candidates;
  if (habit === undefined || winner === undefined) return null;
  return (
    <p>
      {text('why.byHabit', {
        name: nameOf(winner.phraseId),
        over: nameOf(habit.over),
        percent: formats.percent(habit.probability),
      })}
    </p>
  );
}

function WhyProblem({ error }: { readonly error: LearningError }) {
  const text = useText();
  return (
    <p className={error.kind === 'gone' ? 'quiet' : 'problem'}>
      {error.kind === 'gone' ? text('why.gone') : vaultErrorText(text, error)}
    </p>
  );
}
