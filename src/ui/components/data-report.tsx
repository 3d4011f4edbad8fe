import type { DebugView } from '../../echo';
import { useLocalisation } from '../i18n/localisation';
import { FigureList } from './figure-list';
import { QualityHistogram } from './quality-histogram';

function inWords(
  counts: Readonly<Record<string, number | undefined>>,
  number: (value: number) => string,
): string {
  return Object.entries(counts)
    .filter(([, count]) => (count ?? 0) > 0)
    .map(([name, count]) => `${name} ${number(count ?? 0)}`)
    .join(', ');
}

/** The learning data in figures: how much, of what kind, how good. */
export function DataReport({ data, analysisMs }: Pick<DebugView, 'data' | 'analysisMs'>) {
  const { text, formats } = useLocalisation();
  const { averageQuality, oldestAt, newestAt } = data;
  const number = (value: number) => formats.number(value);
  return (
    <section className="card">
      <h2>{text('developer.data')}</h2>
      <FigureList
        figures={[
          [text('developer.data.points'), number(data.dataPoints)],
          [
            text('developer.data.quality'),
            averageQuality === undefined ? text('developer.none') : formats.number(averageQuality, 2),
          ],
          [
            text('developer.data.range'),
            oldestAt === undefined || newestAt === undefined
              ? text('developer.none')
              : text('developer.data.rangeOf', {
                  from: formats.dateTime(oldestAt),
                  to: formats.dateTime(newestAt),
                }),
          ],
          [text('developer.data.types'), inWords(data.byType, number) || text('developer.none')],
          [text('developer.data.levels'), inWords(data.byPrivacyLevel, number) || text('developer.none')],
          [text('developer.data.quarantined'), number(data.quarantined)],
          [text('developer.data.analysis'), text('developer.ms', { ms: formats.number(analysisMs, 1) })],
        ]}
      />
      {data.dataPoints > 0 && <QualityHistogram counts={data.qualityDistribution} />}
    </section>
  );
}
