import { useEffect, useState } from 'react';
import type { AuditEntry, AuditPage, AuditVerdict } from '../../echo';
import { auditSentence } from '../audit-sentence';
import { useEcho, useEchoState } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { type Text, useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';
import { SavingProblem } from './saving-problem';

const FIRST_SHOWN = 5;

function verdictText(text: Text, verdict: AuditVerdict): string {
  return verdict.kind === 'intact'
    ? text('privacy.log.intact', { entries: verdict.entries })
    : text('privacy.log.broken', { line: verdict.atSequence });
}

/** What happened to the vault, in sentences, and whether that record was tampered with. */
export function AuditSection() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { upkeep, vault } = useEchoState();
  const [entries, setEntries] = useState<readonly AuditEntry[]>([]);
  const [total, setTotal] = useState<number>();
  const [nextBefore, setNextBefore] = useState<number>();
  const [shown, setShown] = useState(FIRST_SHOWN);
  const [verdict, setVerdict] = useState<AuditVerdict>();
  const reading = useSaving();
  const checking = useSaving();

  function show(page: AuditPage, older: readonly AuditEntry[]): void {
    setEntries([...older, ...page.entries]);
    setTotal(page.total);
    setNextBefore(page.nextBefore);
  }

  // What was done on this page may have added a line.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of these may be another line
  useEffect(() => {
    let isWanted = true;
    void echo.vault.auditLog().then((page) => {
      if (isWanted && page.ok) show(page.value, []);
    });
    return () => {
      isWanted = false;
    };
  }, [echo, upkeep, vault]);

  async function showOlder() {
    if (shown >= entries.length && nextBefore !== undefined) {
      await reading.save(async () => {
        const page = await echo.vault.auditLog(nextBefore);
        if (page.ok) show(page.value, entries);
        return page;
      });
    }
    setShown((before) => before + 4 * FIRST_SHOWN);
  }

  function check() {
    setVerdict(undefined);
    void checking.save(async () => {
      const [checked, page] = await Promise.all([echo.vault.verifyAuditLog(), echo.vault.auditLog()]);
      if (page.ok) show(page.value, []);
      if (checked.ok) setVerdict(checked.value);
      return checked;
    });
  }

  const visible = entries.slice(0, shown);
  const hasOlder = visible.length < entries.length || nextBefore !== undefined;
  return (
    <section className="card">
      <h2>{text('privacy.log')}</h2>
      <p>{text('privacy.log.intro')}</p>
      <div>
        <button type="button" className="button" disabled={checking.isBusy} onClick={check}>
          <Icon name="check" />
          {text(checking.isBusy ? 'privacy.log.checking' : 'privacy.log.check')}
        </button>
      </div>
      <div role="status">
        {verdict !== undefined && (
          <p className={verdict.kind === 'intact' ? 'verdict-line' : 'problem'}>
            <Icon name={verdict.kind === 'intact' ? 'check' : 'warning'} />
            {verdictText(text, verdict)}
          </p>
        )}
      </div>
      <SavingProblem problem={checking.problem ?? reading.problem} />
      {total === 0 && <p className="quiet">{text('privacy.log.none')}</p>}
      <ol className="log">
        {visible.map((entry) => (
          <AuditLine key={entry.sequence} entry={entry} />
        ))}
      </ol>
      {total !== undefined && total > 0 && (
        <div className="row-apart">
          <p className="small quiet">{text('privacy.log.shown', { shown: visible.length, total })}</p>
          {hasOlder && (
            <button
              type="button"
              className="button button-quiet button-small"
              disabled={reading.isBusy}
              onClick={() => void showOlder()}
            >
              {text('privacy.log.older')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function AuditLine({ entry }: { readonly entry: AuditEntry }) {
  const { text, formats } = useLocalisation();
  const isWarning = entry.event === 'unlock-refused' || entry.event === 'rows-quarantined';
  return (
    <li className={isWarning ? 'log-line is-warning' : 'log-line'}>
      <span className="log-number figures small quiet">{entry.sequence}</span>
      <span className="log-words">
        {auditSentence(text, entry)}
        <time className="small quiet" dateTime={new Date(entry.at).toISOString()}>
          {formats.dateTime(entry.at)}
        </time>
      </span>
    </li>
  );
}
