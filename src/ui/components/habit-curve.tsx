import { useCallback } from 'react';
import type { HabitAccess } from '../../echo';
import { ShareCurve } from '../charts/share-curve';
import { useAnswer } from '../hooks/use-answer';
import { useLocalisation } from '../i18n/localisation';

const PREDICTORS = ['next-action', 'most-frequent', 'most-recent', 'markov-1'] as const;

/** How often Echo foresaw what came next, beside simple guesses on the same events. */
export function HabitCurve({ access }: { readonly access: HabitAccess }) {
  const { text, formats } = useLocalisation();
  const ask = useCallback(() => access.learningCurves(), [access]);
  const { value: curve } = useAnswer(ask);
  const last = curve?.at(-1);
  if (curve === undefined || last === undefined) return null;
  return (
    <ShareCurve
      title={text('habits.foreseen')}
      summary={text('habits.foreseen.summary', {
        percent: formats.percent(last.hitRate['next-action']),
        other: formats.percent(last.hitRate['most-frequent']),
        count: last.events,
      })}
      name="echo-foreseen"
      pointHead={text('habits.column.until')}
      pointLabels={curve.map(({ fromEvent, events }) =>
        text('habits.recognition.point', { count: fromEvent + events }),
      )}
      lines={PREDICTORS.map((predictor) => ({
        label: text(`habits.guess.${predictor}`),
        values: curve.map(({ hitRate }) => hitRate[predictor]),
        isMain: predictor === 'next-action',
      }))}
    />
  );
}
