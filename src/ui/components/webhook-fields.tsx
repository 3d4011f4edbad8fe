import type { ActionSpec } from '../../echo';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Labelled } from './labelled';
import { UrlField } from './url-field';

type Webhook = Extract<ActionSpec, { kind: 'webhook' }>;
const METHODS: readonly Webhook['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Where to call and what to send, and plainly what the operator of this site allows. */
export function WebhookFields({
  action,
  isInvalid,
  onChange,
}: {
  readonly action: Webhook;
  readonly isInvalid: boolean;
  readonly onChange: (action: ActionSpec) => void;
}) {
  const { text, language } = useLocalisation();
  const { webhookOrigins } = useEchoState().policy;
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return (
    <>
      <p className="hint">
        {webhookOrigins.length === 0
          ? text('action.webhook.noneAllowed')
          : text('action.webhook.allowed', { origins: list.format(webhookOrigins) })}
      </p>
      <div className="webhook-address">
        <Labelled label={text('action.webhook.method')}>
          {({ id }) => (
            <select
              id={id}
              className="input"
              value={action.method}
              onChange={(event) => {
                const method = METHODS.find((one) => one === event.target.value);
                if (method !== undefined) onChange({ ...action, method });
              }}
            >
              {METHODS.map((method) => (
                <option key={method}>{method}</option>
              ))}
            </select>
          )}
        </Labelled>
        <UrlField
          label={text('action.webhook.url')}
          value={action.url}
          isInvalid={isInvalid}
          onChange={(url) => onChange({ ...action, url })}
        />
      </div>
      {action.method !== 'GET' && (
        <Labelled label={text('action.webhook.body')} hint={text('action.webhook.bodyHint')}>
          {({ id, hintId }) => (
            <textarea
              id={id}
              className="input input-code"
              rows={3}
              spellCheck={false}
              autoCapitalize="none"
              maxLength={20_000}
              value={action.body}
              aria-describedby={hintId}
              onChange={(event) => onChange({ ...action, body: event.target.value })}
            />
          )}
        </Labelled>
      )}
    </>
  );
}
