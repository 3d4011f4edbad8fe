import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { type ActionContext, done, failed } from './action-context';

const TIMEOUT_MS = 10_000;

/**
 * Calls an address, if the operator's policy lists its origin. Sends no cookies and no referrer, follows no
 * redirect (it could lead to an origin that is not listed), and never retries: a webhook may not be idempotent.
 */
export async function callWebhook(
  spec: Extract<ActionSpec, { kind: 'webhook' }>,
  { policy }: Pick<ActionContext, 'policy'>,
): Promise<ActionOutcome> {
  const { origin } = new URL(spec.url);
  if (!policy.webhookOrigins.includes(origin)) return failed('origin-not-allowed', origin);
  if (spec.body !== '' && !isJson(spec.body)) return failed('bad-json');
  const hasBody = spec.body !== '' && spec.method !== 'GET';
  try {
    const response = await fetch(spec.url, {
      method: spec.method,
      ...(hasBody ? { body: spec.body, headers: { 'content-type': 'application/json' } } : {}),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? done(String(response.status)) : failed('http-error', String(response.status));
  } catch (failure) {
    const isTimeout = failure instanceof DOMException && failure.name === 'TimeoutError';
    return failed(isTimeout ? 'timeout' : 'unreachable', origin);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
