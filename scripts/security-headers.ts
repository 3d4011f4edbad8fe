import { existsSync, readFileSync } from 'node:fs';
import { TRUSTED_TYPES_POLICY } from '../src/bridge/trusted-script-url';
import { defaultPolicy, type OperatorPolicy, parsePolicy } from '../src/config/policy';

/** The operator's policy at build time: the origins it allows become part of the content security policy. */
export function readOperatorPolicy(path: string): OperatorPolicy {
  if (!existsSync(path)) return defaultPolicy;
  const parsed = parsePolicy(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.ok) return parsed.value;
  throw new Error(`${path}: ${parsed.error.path} ${parsed.error.message}. Correct the file and build again.`);
}

/**
 * The strictest policy under which the app still works: own scripts and workers, WebAssembly, no `eval`, no
 * inline script or style, no frame, and requests to our own origin and the listed ones only.
 *
 * @param connectOrigins as `connectOrigins` gives them for the operator's policy
 * @param inMeta leaves out what browsers ignore, with a warning, in a `<meta>` element
 */
export function contentSecurityPolicy(connectOrigins: readonly string[], inMeta = false): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    ['connect-src', "'self'", ...connectOrigins].join(' '),
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'none'",
    ...(inMeta ? [] : ["frame-ancestors 'none'"]),
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES_POLICY}`,
  ].join('; ');
}

export function securityHeaders(connectOrigins: readonly string[]): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(connectOrigins),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'microphone=(self), camera=(), geolocation=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
