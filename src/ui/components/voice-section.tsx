import '../styles/facts.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { VoiceReport } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useLocalisation } from '../i18n/localisation';
import { FigureList } from './figure-list';
import { Icon } from './icon';
import { VoiceRange } from './voice-range';

/** What is known of the person's own voice. Measured when asked: it listens to every recording again. */
export function VoiceSection() {
  const { text } = useLocalisation();
  const { phrases } = useEchoState();
  const { report, isMeasuring, hasFailed, measure, cancel } = useVoiceReport();
  const hasTakes = phrases.some(({ takes }) => takes.length > 0);
  return (
    <section className="stack">
      <h2>{text('voice.title')}</h2>
      <p className="verdict-line">
        <Icon name="info" size={20} />
        <span>{text('voice.promise')}</span>
      </p>
      {!hasTakes && <p className="quiet">{text('voice.empty')}</p>}
      {hasTakes && (
        <div className="row">
          <button type="button" className="button" onClick={isMeasuring ? cancel : measure}>
            <Icon name={isMeasuring ? 'stop' : 'again'} />
            {text(isMeasuring ? 'voice.cancel' : 'voice.measure')}
          </button>
        </div>
      )}
      <p role="status" className="quiet">
        {isMeasuring && text('voice.measuring')}
        {hasFailed && text('voice.failed')}
      </p>
      {report !== undefined && <Report report={report} />}
    </section>
  );
}

function useVoiceReport() {
  const echo = useEcho();
  const [report, setReport] = useState<VoiceReport>();
  const [isMeasuring, setIsMeasuring] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const running = useRef<AbortController>(undefined);
  const cancel = useCallback(() => {
    running.current?.abort();
    setIsMeasuring(false);
  }, []);
  const measure = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setIsMeasuring(true);
    setHasFailed(false);
    void echo.talk.voiceReport(controller.signal).then((answer) => {
      if (controller.signal.aborted) return;
      setIsMeasuring(false);
      setHasFailed(!answer.ok);
      if (answer.ok) setReport(answer.value);
    });
  }, [echo]);
  // Whoever leaves does not want to know any more.
  useEffect(() => () => running.current?.abort(), []);
  return { report, isMeasuring, hasFailed, measure, cancel };
}

function Report({ report }: { readonly report: VoiceReport }) {
  const { text, formats } = useLocalisation();
  const nowMs = useNow(60_000);
  const { takes, profile, pitchRangeHz, latest, drift } = report;
  return (
    <div className="card stack">
      <p>
        {text('voice.takes', { count: takes })}{' '}
        {profile.kind === 'too-few-takes'
          ? text('voice.profile.too-few-takes', { count: profile.needed })
          : text(`voice.profile.${profile.kind}`)}
      </p>
      {pitchRangeHz === undefined ? (
        <p>{text('voice.range.unknown')}</p>
      ) : (
        <>
          <VoiceRange rangeHz={pitchRangeHz} dotHz={latest?.pitchHz} />
          <p>
            {text('voice.range', {
              low: formats.number(pitchRangeHz[0]),
              high: formats.number(pitchRangeHz[1]),
            })}
            {latest?.pitchHz !== undefined &&
              ` ${text('voice.range.latest', { pitch: formats.number(latest.pitchHz) })}`}
          </p>
        </>
      )}
      {latest === undefined ? (
        <p className="quiet">{text('voice.latest.none')}</p>
      ) : (
        <>
          <h3>{text('voice.latest', { when: formats.ago(latest.heardAt, nowMs) })}</h3>
          <FigureList
            figures={[
              [text('voice.pitch'), text(`voice.is.${latest.comparison.pitch}`)],
              [text('voice.pace'), text(`voice.is.${latest.comparison.pace}`)],
              [text('voice.loudness'), text(`voice.is.${latest.comparison.loudness}`)],
            ]}
          />
        </>
      )}
      {drift !== undefined && (
        <p>
          {text(`voice.drift.${drift.kind}`)}
          {drift.kind !== 'too-few-days' && drift.wouldRefreshHelp && ` ${text('voice.drift.refresh')}`}
        </p>
      )}
    </div>
  );
}
