import { useEcho, useEchoState } from '../echo-context';
import { type Text, useText } from '../i18n/localisation';
import { Labelled } from './labelled';

const YEAR_DAYS = 365;
const OFFERED_DAYS = [30, 90, 180, YEAR_DAYS, 2 * YEAR_DAYS, 5 * YEAR_DAYS];

function words(text: Text, days: number): string {
  return days % YEAR_DAYS === 0
    ? text('privacy.retention.years', { years: days / YEAR_DAYS })
    : text('privacy.retention.days', { days });
}

/** How long what was heard and observed is kept, within what the operator allows. */
export function RetentionChoice() {
  const echo = useEcho();
  const text = useText();
  const { settings, policy } = useEchoState();
  const most = policy.retentionDaysMaximum;
  const chosen = Math.min(settings.privacy.retentionDays, most ?? settings.privacy.retentionDays);
  const offered = [...new Set([...OFFERED_DAYS, chosen, ...(most === undefined ? [] : [most])])]
    .filter((days) => most === undefined || days <= most)
    .sort((a, b) => a - b);
  const policyWords = most === undefined ? '' : ` ${text('privacy.retentionPolicy', { days: most })}`;
  return (
    <Labelled label={text('privacy.retention')} hint={`${text('privacy.retentionHint')}${policyWords}`}>
      {({ id, hintId }) => (
        <select
          id={id}
          className="input"
          aria-describedby={hintId}
          value={chosen}
          onChange={(event) => {
            const retentionDays = Number(event.target.value);
            echo.setSettings((current) => ({ ...current, privacy: { ...current.privacy, retentionDays } }));
          }}
        >
          {offered.map((days) => (
            <option key={days} value={days}>
              {words(text, days)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
