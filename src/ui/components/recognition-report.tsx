import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { DataTable } from './data-table';

const SHOWN = 20;

/** The last decisions with the distances they were made from. */
export function RecognitionReport() {
  const { text, formats } = useLocalisation();
  const { history, phrases } = useEchoState();
  const nameOf = (id: string) => phrases.find((phrase) => phrase.id === id)?.name ?? id.slice(0, 8);
  return (
    <section className="card">
      <h2>{text('developer.recognitions')}</h2>
      {history.length === 0 ? (
        <p>{text('developer.recognitions.none')}</p>
      ) : (
        <DataTable
          label={text('developer.recognitions')}
          head={[
            text('developer.column.when'),
            text('developer.column.outcome'),
            text('developer.column.candidates'),
            text('developer.column.decision'),
            text('developer.column.level'),
          ]}
          rows={history.slice(0, SHOWN).map(({ id, heardAt, recognition, quality }) => ({
            key: id,
            cells: [
              formats.time(heardAt),
              recognition.outcome,
              <ol key="candidates" className="candidates">
                {recognition.candidates.map((candidate) => (
                  <li key={candidate.phraseId}>
                    {nameOf(candidate.phraseId)} {formats.percent(candidate.confidence)},{' '}
                    {formats.number(candidate.distance, 3)} / {formats.number(candidate.threshold, 3)}
                  </li>
                ))}
              </ol>,
              text('developer.ms', { ms: formats.number(recognition.decisionMs) }),
              text('developer.db', {
                peak: formats.number(quality.peakDb),
                snr: formats.number(quality.signalToNoiseDb),
              }),
            ],
          }))}
        />
      )}
    </section>
  );
}
