import type { DebugView } from '../../echo';
import { useLocalisation } from '../i18n/localisation';
import { DataTable } from './data-table';

/** Every learner with its state, and what it says of what it knows. */
export function LearnerReport({ learners }: Pick<DebugView, 'learners'>) {
  const { text, formats } = useLocalisation();
  const bytes = (known: number | undefined) =>
    known === undefined ? text('developer.none') : formats.bytes(known);
  return (
    <section className="card">
      <h2>{text('developer.learners')}</h2>
      {learners.length === 0 ? (
        <p>{text('developer.learners.none')}</p>
      ) : (
        <DataTable
          label={text('developer.learners')}
          head={[
            text('developer.column.learner'),
            text('developer.column.state'),
            text('developer.column.mode'),
            text('developer.column.samples'),
            text('developer.column.confidence'),
            text('developer.column.learnt'),
            text('developer.column.failure'),
            text('developer.column.snapshot'),
          ]}
          rows={learners.map((learner) => ({
            key: learner.learnerId,
            cells: [
              learner.learnerType,
              text(learner.isInitialized ? 'developer.learners.running' : 'developer.learners.stopped'),
              learner.mode,
              formats.number(learner.samples),
              learner.confidence === undefined
                ? text('developer.none')
                : formats.number(learner.confidence, 2),
              learner.lastLearntAt === undefined
                ? text('developer.none')
                : formats.dateTime(learner.lastLearntAt),
              learner.lastFailure ?? text('developer.none'),
              bytes(learner.snapshotBytes),
            ],
          }))}
        />
      )}
      {learners.map(({ learnerId, learnerType, insights }) => (
        <details key={learnerId}>
          <summary>{text('developer.insights', { learner: learnerType })}</summary>
          <pre className="code">{JSON.stringify(insights, undefined, 2)}</pre>
        </details>
      ))}
    </section>
  );
}
