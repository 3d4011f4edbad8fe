import '../styles/facts.css';
import { useCallback } from 'react';
import type { PhraseId } from '../../core/ids';
import { ok } from '../../core/result';
import type { Echo, UsageHistory } from '../../echo';
import { DayBars } from '../charts/day-bars';
import { HeatMap } from '../charts/heat-map';
import { ShareCurve } from '../charts/share-curve';
import { TransitionGraph } from '../charts/transition-graph';
import { dayName } from '../charts/weekday-names';
import { useEcho } from '../echo-context';
import { useAnswer } from '../hooks/use-answer';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation } from '../i18n/localisation';
import { learningErrorText } from '../learning-error-text';
import { BeliefsList } from './beliefs-list';
import { HabitCurve } from './habit-curve';
import { WeeklySummary } from './weekly-summary';

/** What Echo has noticed of when and how somebody uses it, all of it read from this device. */
export function HabitsSection() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const ask = useCallback(() => echo.learning.usage(), [echo]);
  const { value: usage, error } = useAnswer(ask);
  return (
    <section className="stack">
      <h2>{text('habits.title')}</h2>
      <p className="quiet">{text('habits.intro')}</p>
      {error !== undefined && <p className="problem">{learningErrorText(text, error)}</p>}
      {usage !== undefined && usage.days.length === 0 && <p className="quiet">{text('habits.empty')}</p>}
      {usage !== undefined && usage.days.length > 0 && <Pictures usage={usage} />}
      <HabitCurve access={echo.learning} />
      <BeliefsList access={echo.learning} />
    </section>
  );
}

function Pictures({ usage }: { readonly usage: UsageHistory }) {
  return (
    <>
      <WeeklySummary weeks={usage.weeks} />
      <HeatMap heat={usage.heat} />
      <DayBars days={usage.days} />
      <Follows />
      <Contentment usage={usage} />
      <Recognition usage={usage} />
    </>
  );
}

function Follows() {
  const echo = useEcho();
  const nameOf = usePhraseName();
  const ask = useCallback(() => transitionsOf(echo), [echo]);
  const { value: transitions = [] } = useAnswer(ask);
  return (
    <TransitionGraph
      transitions={transitions.map(({ from, to, ...figures }) => ({
        ...figures,
        from: nameOf(from as PhraseId),
        to: nameOf(to as PhraseId),
      }))}
    />
  );
}

/** As they were learnt, with what is long ago counting less; as they were counted, where nothing is learnt of them yet. */
async function transitionsOf(echo: Echo) {
  const learnt = await echo.learning.transitions();
  if (learnt.ok && learnt.value.length > 0)
    return ok(
      learnt.value.map(({ from, to, probability: share, weight: count }) => ({ from, to, share, count })),
    );
  const counted = await echo.learning.patterns();
  return counted.ok ? ok(counted.value.sequences) : counted;
}

/** Week by week: how often something was wrong, and how content the person was as far as that is known. */
function Contentment({ usage: { weeks } }: { readonly usage: UsageHistory }) {
  const { text, formats, language } = useLocalisation();
  const last = weeks.at(-1);
  if (last === undefined) return null;
  const lines = [
    {
      label: text('habits.corrections'),
      values: weeks.map((one) => one.complaints / one.count),
      isMain: true,
    },
    ...(weeks.some(({ satisfaction }) => satisfaction !== undefined)
      ? [
          {
            label: text('habits.satisfaction'),
            values: weeks.map(({ satisfaction }) => satisfaction),
            isMain: false,
          },
        ]
      : []),
  ];
  return (
    <ShareCurve
      title={text('habits.content')}
      summary={text('habits.content.summary', {
        complaints: last.complaints,
        count: last.count,
        percent: formats.percent(last.complaints / last.count),
      })}
      name="echo-content"
      pointHead={text('habits.column.week')}
      pointLabels={weeks.map(({ from }) => dayName(language, from))}
      lines={lines}
    />
  );
}

/** How often the first guess was right, beside what one would guess without listening. */
function Recognition({ usage: { recognition } }: { readonly usage: UsageHistory }) {
  const { text, formats } = useLocalisation();
  const last = recognition.at(-1);
  if (last === undefined) return null;
  const guesses = ['echo', 'most-frequent', 'most-recent'] as const;
  return (
    <ShareCurve
      title={text('habits.recognition')}
      summary={text('habits.recognition.summary', {
        percent: formats.percent(last.hitRate.echo),
        other: formats.percent(last.hitRate['most-frequent']),
        count: last.events,
      })}
      name="echo-recognition"
      pointHead={text('habits.column.until')}
      pointLabels={recognition.map(({ fromEvent, events }) =>
        text('habits.recognition.point', { count: fromEvent + events }),
      )}
      lines={guesses.map((guess) => ({
        label: text(`habits.guess.${guess}`),
        values: recognition.map(({ hitRate }) => hitRate[guess]),
        isMain: guess === 'echo',
      }))}
    />
  );
}
