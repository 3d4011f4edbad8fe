import { useCallback, useState } from 'react';
import { ok } from '../../core/result';
import { recentOperationsIn } from '../debug-info';
import { useEcho } from '../echo-context';
import { useAnswer } from '../hooks/use-answer';
import { useText } from '../i18n/localisation';
import { DataReport } from './data-report';
import { LearnerReport } from './learner-report';
import { MemoryFigures } from './memory-figures';
import { OperationReport } from './operation-report';

/** The learning system in figures, measured when the screen opens and whenever it is asked for. */
export function LearningReport() {
  const echo = useEcho();
  const text = useText();
  const [round, setRound] = useState(0);
  const ask = useCallback(async () => {
    const view = await echo.learning.debugView();
    if (!view.ok) return view;
    const exported = await (await echo.learning.exportDebugInfo()).text();
    return ok({ ...view.value, recent: recentOperationsIn(exported), round });
  }, [echo, round]);
  const { value, error } = useAnswer(ask);
  const isMeasuring = error === undefined && value?.round !== round;
  return (
    <>
      <div className="row" role="status">
        <button type="button" className="button" disabled={isMeasuring} onClick={() => setRound(round + 1)}>
          {text(isMeasuring ? 'developer.measuring' : 'developer.refresh')}
        </button>
        {error !== undefined && <p className="problem">{text('developer.failed', { kind: error.kind })}</p>}
      </div>
      {value !== undefined && (
        <>
          <LearnerReport learners={value.learners} />
          <DataReport data={value.data} analysisMs={value.analysisMs} />
          {value.recent !== undefined && <OperationReport recent={value.recent} />}
          <MemoryFigures memory={value.memory} />
        </>
      )}
    </>
  );
}
