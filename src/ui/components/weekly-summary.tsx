import '../styles/charts.css';
import type { PhraseId } from '../../core/ids';
import type { Adaptation, WeekOfUse } from '../../echo';
import { SaveRows } from '../charts/save-rows';
import { dayName, weekdayNames } from '../charts/weekday-names';
import { useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation } from '../i18n/localisation';
import { DataTable } from './data-table';

const DAY_MS = 86_400_000;
/** A smaller change of the share of complaints may be chance, and is not told. */
const WORTH_TELLING = 0.03;

/** The last week in a few sentences, from what is stored on this device. */
export function WeeklySummary({ weeks }: { readonly weeks: readonly WeekOfUse[] }) {
  const { text, formats, language } = useLocalisation();
  const { adaptations } = useEchoState();
  const nameOf = usePhraseName();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const week = weeks.at(-1);
  if (week === undefined) return null;
  const before = weeks.at(-2);
  const names = (ids: readonly string[]) =>
    list.format(ids.map((id) => text('week.name', { name: nameOf(id as PhraseId) })));
  const lines = [
    text('week.said', { count: week.count, days: week.activeDays }),
    text('week.understood', {
      count: week.understood,
      percent: formats.percent(week.understood / week.count),
    }),
    complaintLine(),
    ...(week.phrases.length > 0
      ? [text('week.phrases', { names: names(week.phrases.map(({ phraseId }) => phraseId)) })]
      : []),
    ...(before !== undefined && week.newPhrases.length > 0
      ? [text('week.new', { names: names(week.newPhrases.slice(0, 3)) })]
      : []),
    ...(week.busiest === undefined
      ? []
      : [
          text('week.busiest', {
            day: weekdayNames(language, 'long')[week.busiest.weekday] ?? '',
            hour: formats.number(week.busiest.hour),
          }),
        ]),
    ...adaptationLine(adaptations.filter(({ at }) => isIn(week.from, at))),
  ];
  return (
    <section className="card" aria-labelledby="week-title">
      <h3 id="week-title">{text('week.title', { from: dayName(language, week.from) })}</h3>
      <ul className="week-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <WeekTable weeks={weeks} />
    </section>
  );

  function complaintLine(): string {
    const share = (one: WeekOfUse) => one.complaints / one.count;
    if (week === undefined) return '';
    if (week.complaints === 0) return text('week.complaints.none');
    const change = before === undefined ? 0 : share(week) - share(before);
    const trend = Math.abs(change) < WORTH_TELLING ? 'same' : change < 0 ? 'fewer' : 'more';
    return text('week.complaints', { count: week.complaints, percent: formats.percent(share(week)), trend });
  }

  function adaptationLine(made: readonly Adaptation[]): readonly string[] {
    if (made.length === 0) return [];
    const back = made.filter(({ state }) => state.kind === 'reverted').length;
    return [text('week.adaptations', { count: made.length, back })];
  }
}

/** All weeks, the last one last, to look at and to take along. */
function WeekTable({ weeks }: { readonly weeks: readonly WeekOfUse[] }) {
  const { text } = useLocalisation();
  const nameOf = usePhraseName();
  const data = {
    name: 'echo-weeks',
    head: [
      text('habits.column.week'),
      text('habits.column.count'),
      text('week.column.days'),
      text('week.column.understood'),
      text('habits.column.complaints'),
      text('week.column.content'),
      text('week.column.phrases'),
      text('week.column.new'),
    ],
    rows: weeks.map((week) => [
      week.from,
      week.count,
      week.activeDays,
      week.understood,
      week.complaints,
      week.satisfaction ?? text('chart.unknown'),
      namesOf(week.phrases.map(({ phraseId }) => phraseId)),
      namesOf(week.newPhrases),
    ]),
  };
  return (
    <details className="chart-table">
      <summary className="label">{text('chart.table')}</summary>
      <DataTable
        label={text('week.table')}
        head={data.head}
        rows={data.rows.map((cells, row) => ({ key: `${row}`, cells }))}
      />
      <SaveRows data={data} />
    </details>
  );

  function namesOf(ids: readonly string[]): string {
    return ids.map((id) => nameOf(id as PhraseId)).join('; ');
  }
}

/** Whether a moment lies in the week that began on a local date. */
function isIn(monday: string, at: number): boolean {
  const [year = 0, month = 1, day = 1] = monday.split('-').map(Number);
  const from = new Date(year, month - 1, day).getTime();
  return at >= from && at < from + 7 * DAY_MS;
}
