import type { PhraseId } from '../../core/ids';
import type { Correction, CorrectionReport } from '../../echo';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

/** Thresholds that move by a smaller share than this change nothing a person would notice. */
const NOTICEABLE = 0.01;

/** What a correction changed, in plain words: what would happen now, and what got worse, if anything. */
export function CorrectionLines({
  correction,
  report,
}: {
  readonly correction: Correction;
  readonly report: CorrectionReport;
}) {
  const { text, formats, language } = useLocalisation();
  const { phrases } = useEchoState();
  const names = new Intl.ListFormat(language, { type: 'conjunction' });
  const nameOf = (id: PhraseId) =>
    phrases.find((phrase) => phrase.id === id)?.name ?? text('answer.removedPhrase');
  const namesOf = (ids: readonly PhraseId[]) =>
    names.format([...new Set(ids)].map((id) => `“${nameOf(id)}”`));

  const stricter = report.thresholds.filter((moved) => moved.after < moved.before * (1 - NOTICEABLE));
  const looser = report.thresholds.filter((moved) => moved.after > moved.before * (1 + NOTICEABLE));
  const best = report.after.candidates[0];
  const name = best === undefined ? '' : nameOf(best.phraseId);

  return (
    <div className="correction">
      <p>
        <strong>
          {correction.kind === 'phrase'
            ? text('corrected.title.phrase', { name: nameOf(correction.phraseId) })
            : text('corrected.title.nothing')}
        </strong>
      </p>
      <p>
        {report.after.outcome === 'accepted' && text('corrected.now.accepted', { name })}
        {report.after.outcome === 'did-you-mean' && text('corrected.now.didYouMean', { name })}
        {report.after.outcome === 'unknown' && text('corrected.now.unknown')}
      </p>
      {stricter.length > 0 && (
        <p className="quiet">
          {text('corrected.stricter', { names: namesOf(stricter.map((moved) => moved.phraseId)) })}
        </p>
      )}
      {looser.length > 0 && (
        <p className="quiet">
          {text('corrected.looser', { names: namesOf(looser.map((moved) => moved.phraseId)) })}
        </p>
      )}
      {report.broken.length > 0 && (
        <p className="problem">
          {text('corrected.broken', {
            count: report.broken.length,
            names: namesOf(report.broken.map((broken) => broken.phraseId)),
          })}
        </p>
      )}
      <p className="small quiet">
        {text('corrected.learnedIn', { duration: formats.seconds(report.learnedMs) })}
      </p>
    </div>
  );
}
