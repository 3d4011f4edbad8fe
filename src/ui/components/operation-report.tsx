import type { RecentOperations } from '../debug-info';
import { useLocalisation } from '../i18n/localisation';
import { FigureList } from './figure-list';

/** How much the learners did lately, how fast, and how often in vain. */
export function OperationReport({ recent }: { readonly recent: RecentOperations }) {
  const { text, formats } = useLocalisation();
  return (
    <section className="card">
      <h2>{text('developer.run')}</h2>
      <FigureList
        figures={[
          [
            text('developer.run.operations', { duration: formats.seconds(recent.coveredMs) }),
            formats.number(recent.operations),
          ],
          [
            text('developer.run.average'),
            recent.averageResponseTimeMs === null
              ? text('developer.none')
              : text('developer.ms', { ms: formats.number(recent.averageResponseTimeMs, 1) }),
          ],
          [
            text('developer.run.throughput'),
            text('developer.run.perSecond', { number: formats.number(recent.throughputPerSecond, 2) }),
          ],
          [
            text('developer.run.errors'),
            recent.errorRate === null ? text('developer.none') : formats.percent(recent.errorRate),
          ],
        ]}
      />
    </section>
  );
}
