import { isIP } from 'node:net';
import * as v from 'valibot';
import { err, ok, type Result } from '../src/core/result';

const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`),
    v.transform(Number),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

const list = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
);

const isOrigin = (text: string): boolean => {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
};

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const url = (...protocols: readonly string[]) =>
  v.pipe(
    v.string(),
    v.check(
      (text) => {
        try {
          return protocols.includes(new URL(text).protocol);
        } catch {
          return false;
        }
      },
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    ),
  );

/** What the environment says; everything has a default, so that `npm run server` needs none of it. */
const EnvironmentSchema = v.object({
  HOST: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty')), '127.0.0.1'),
  PORT: v.optional(wholeNumber(0, 65_535), '8787'),
  DATABASE_URL: v.exactOptional(url('postgres:', 'postgresql:')),
  REDIS_URL: v.exactOptional(url('redis:', 'rediss:')),
  ECHO_DATABASE_FILE: v.optional(
    v.pipe(v.string(), v.minLength(1, 'must not be empty')),
    'server-data/endpoint.sqlite',
  ),
  ECHO_ORIGINS: v.optional(
    v.pipe(
      list,
      v.array(
        v.pipe(
          v.string(),
          v.check(isOrigin, 'must be origins such as "https://echo.example.org", without a path'),
        ),
      ),
    ),
    '',
  ),
  ECHO_RATE_LIMIT_PER_MINUTE: v.optional(wholeNumber(1, 1_000_000_000 - 1), '120'),
  ECHO_TRUSTED_PROXIES: v.optional(
    v.pipe(
      list,
      v.array(v.pipe(v.string(), v.check(isNetwork, 'must be addresses or networks such as "10.0.0.0/8"'))),
    ),
    '',
  ),
  ECHO_METRICS_TOKEN: v.exactOptional(v.pipe(v.string(), v.minLength(16, 'must have 16 characters or more'))),
  ECHO_KEEP_KEYS_DAYS: v.optional(wholeNumber(30, 3_650), '400'),
  ECHO_DRAIN_DELAY_MS: v.optional(wholeNumber(0, 5_000), '2000'),
  ECHO_REQUEST_TIMEOUT_MS: v.optional(wholeNumber(500, 60_000), '10000'),
  ECHO_MOST_IN_GROUP: v.optional(wholeNumber(1, 1_000), '256'),
  ECHO_MOST_WAITING: v.optional(wholeNumber(1, 100_000), '2000'),
  ECHO_LOG_LEVEL: v.optional(
    v.picklist(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error'),
    'info',
  ),
});

/** Read by the build of the app, not by the endpoint; an operator may have them in the same environment. */
const OTHERS = new Set(['ECHO_POLICY', 'ECHO_OUT']);

export type StoreConfig =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface ServerConfig {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly store: StoreConfig;
  /** Where replicas share what is left of each rate limit. Absent: in the store, or in this process with SQLite. */
  readonly redisUrl?: string;
  /** Origins of the app that browsers may send reports from. */
  readonly origins: readonly string[];
  /** Requests from one network address. */
  readonly requestsPerMinute: number;
  /** Addresses or networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Whoever reads `/metrics` has to show it. Absent: everybody may. */
  readonly metricsToken?: string;
  /** How long a batch that is sent again is known to have been counted. */
  readonly keepKeysDays: number;
  /** Between saying "not ready" and closing, so that a balancer notices first. */
  readonly drainDelayMs: number;
  /** A request that takes longer to arrive is cut off. */
  readonly requestTimeoutMs: number;
  /** Batches that may wait to be written; more are turned away. */
  readonly mostWaiting: number;
  /** Batches that share a transaction at most. */
  readonly mostInGroup: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export interface BadEnvironment {
  readonly kind: 'bad-environment';
  /** One line a variable, which names it and says what was expected. Never the value: it may be a password. */
  readonly problems: readonly string[];
}

/** @param environment as `process.env` has it; an empty variable counts as one that is not set */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Result<ServerConfig, BadEnvironment> {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) =>
        value !== undefined &&
        value !== '' &&
        (name in EnvironmentSchema.entries || name.startsWith('ECHO_')),
    ),
  );
  const unknown = Object.keys(given).filter(
    (name) => !(name in EnvironmentSchema.entries) && !OTHERS.has(name),
  );
  const parsed = v.safeParse(EnvironmentSchema, given);
  const problems = [
    ...unknown.map((name) => `${name}: there is no such setting`),
    ...(parsed.issues ?? []).map((issue) => `${issue.path?.[0].key}: ${issue.message}`),
  ];
  if (!parsed.success || problems.length > 0) return err({ kind: 'bad-environment', problems });
  const read = parsed.output;
  return ok({
    host: read.HOST,
    port: read.PORT,
    store:
      read.DATABASE_URL === undefined
        ? { kind: 'sqlite', file: read.ECHO_DATABASE_FILE }
        : { kind: 'postgres', url: read.DATABASE_URL },
    ...(read.REDIS_URL === undefined ? {} : { redisUrl: read.REDIS_URL }),
    origins: read.ECHO_ORIGINS,
    requestsPerMinute: read.ECHO_RATE_LIMIT_PER_MINUTE,
    trustedProxies: read.ECHO_TRUSTED_PROXIES,
    ...(read.ECHO_METRICS_TOKEN === undefined ? {} : { metricsToken: read.ECHO_METRICS_TOKEN }),
    keepKeysDays: read.ECHO_KEEP_KEYS_DAYS,
    drainDelayMs: read.ECHO_DRAIN_DELAY_MS,
    requestTimeoutMs: read.ECHO_REQUEST_TIMEOUT_MS,
    mostWaiting: read.ECHO_MOST_WAITING,
    mostInGroup: read.ECHO_MOST_IN_GROUP,
    logLevel: read.ECHO_LOG_LEVEL,
  });
}
