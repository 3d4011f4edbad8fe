/** What a service may be asked with; everything else is fixed. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** The one way out that a learner gets: paths of one origin. */
export type ServicePort = (path: string, request: ServiceRequest) => Promise<Response>;

/**
 * A way to one origin, if the operator allows it. Sends no cookies and no referrer, follows no redirect (it could lead to
 * an origin that is not allowed), and keeps nothing in the browser's cache.
 */
export function allowedFetch(origin: string, allowed: readonly string[]): ServicePort | undefined {
  if (!allowed.includes(origin)) return undefined;
  return async (path, { method, headers, body, signal }) => {
    const url = new URL(path, origin);
    if (url.origin !== origin) throw new TypeError('the path leads to another origin');
    return fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-store',
    });
  };
}
