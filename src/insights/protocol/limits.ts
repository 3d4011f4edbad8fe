/** Version of the wire format below. A changed meaning gets a new one; the endpoint refuses those it does not know. */
export const PROTOCOL_VERSION = 1;

/** Where reports are posted, below the endpoint's origin. */
export const REPORTS_PATH = '/v1/reports';

/** Content type of a batch: UTF-8 JSON. */
export const REPORTS_TYPE = 'application/json';

/** Larger bodies are refused before they are parsed. */
export const MOST_BODY_BYTES = 16_384;

/** Clients of this repository send one report a batch, so that no two answers arrive together. */
export const MOST_REPORTS_A_BATCH = 16;

/**
 * What an HTTP status of the endpoint means for a report. `refused` is final: the same bytes would be refused
 * again. A report that was counted before is answered like one that was counted now.
 */
export function meaningOf(status: number): 'counted' | 'refused' | 'try-later' {
  if (status >= 200 && status < 300) return 'counted';
  const isRefusal = status >= 400 && status < 500;
  return isRefusal && ![401, 403, 404, 408, 425, 429].includes(status) ? 'refused' : 'try-later';
}
