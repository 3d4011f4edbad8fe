import type { CorrectionChoice, Explanation, Interaction } from '../../echo';
import { useEcho } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useSaving } from '../hooks/use-saving';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';
import { SavingProblem } from './saving-problem';

/** One tap that makes an utterance a counter-example, what that changed, and the way back. */
export function NotThis({
  interaction,
  explanation: { winnerThen, outcome, now },
  onCorrect,
}: {
  readonly interaction: Interaction;
  readonly explanation: Explanation;
  readonly onCorrect: () => void;
}) {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const { isBusy, problem, save } = useSaving();
  const { correction } = interaction;
  // What was acted on is what it was not; where nothing was, what Echo would have guessed.
  const believed = interaction.phraseId ?? (outcome === 'unknown' ? undefined : winnerThen?.phraseId);
  const best = now.candidates[0];
  const nowName = best === undefined ? '' : nameOf(best.phraseId);
  const correct = (choice: CorrectionChoice) => void save(() => echo.talk.correct(interaction.id, choice));

  return (
    <div className="stack why-correct">
      <div role="status" className="stack">
        {correction !== undefined && (
          <div className="card card-soft why-learnt">
            <p className="verdict-line">
              <Icon name="check" size={20} />
              <strong>
                {correction.kind === 'phrase'
                  ? text('answer.corrected.phrase', { name: nameOf(correction.phraseId) })
                  : text('answer.corrected.nothing')}
              </strong>
            </p>
            <p>
              {now.outcome === 'accepted' && text('corrected.now.accepted', { name: nowName })}
              {now.outcome === 'did-you-mean' && text('corrected.now.didYouMean', { name: nowName })}
              {now.outcome === 'unknown' && text('corrected.now.unknown')}
            </p>
          </div>
        )}
      </div>
      <SavingProblem problem={problem} />
      <div className="row">
        {believed !== undefined && correction?.kind === 'nothing' && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => correct({ kind: 'phrase', phraseId: believed })}
          >
            <Icon name="undo" />
            {text('why.itWas', { name: nameOf(believed) })}
          </button>
        )}
        {believed !== undefined && correction?.kind !== 'nothing' && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => correct({ kind: 'nothing' })}
          >
            {text('why.notIt')}
          </button>
        )}
        <button type="button" className="button" onClick={onCorrect}>
          {text('answer.thatWas')}
        </button>
      </div>
      {believed !== undefined && correction === undefined && (
        <p className="hint">{text('why.notItHint', { name: nameOf(believed) })}</p>
      )}
    </div>
  );
}
