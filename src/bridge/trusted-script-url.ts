/**
 * The one Trusted Types policy of the page: scripts for workers and the service worker, from our own
 * origin only. The content security policy allows this name and no other.
 */
export const TRUSTED_TYPES_POLICY = 'claude-echo';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** @throws TypeError when the address is not of our own origin */
export function trustedScriptUrl(url: string): string {
  const own = ownScript(url);
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return own;
  policy ??= trustedTypes.createPolicy(TRUSTED_TYPES_POLICY, { createScriptURL: ownScript });
  return policy.createScriptURL(own);
}

function ownScript(url: string): string {
  const absolute = new URL(url, document.baseURI);
  if (absolute.origin !== location.origin)
    throw new TypeError(`a script from elsewhere was refused: ${absolute}`);
  return absolute.href;
}
