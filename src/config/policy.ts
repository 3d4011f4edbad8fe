import * as v from 'valibot';
import { LogLevelSchema } from './log-level';

const origin = v.pipe(
  v.string(),
  v.check((text) => {
    try {
      return new URL(text).origin === text;
    } catch {
      return false;
    }
  }, 'must be an origin such as "https://hooks.example.org", without a path'),
);

/** A folder beside the app or on its host: never another origin. */
const ownFolder = v.pipe(
  v.string(),
  v.regex(
    /^\/?(?:[\w-][\w.-]*\/)+$/,
    'must be the path of a folder of this site such as "models/all-MiniLM-L6-v2/", with a slash at its end',
  ),
);

const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_650));

/** What the operator of a deployment allows and hosts (`policy.json` beside the app). It turns nothing on that sends anything. */
export const OperatorPolicySchema = v.object({
  format: v.literal(1),
  /** Origins that webhooks may call; they also go into `connect-src` when the app is built. */
  webhookOrigins: v.optional(v.array(origin), []),
  /** Origins that learners with a service of their own (`rest`) may call; part of `connect-src` too. */
  learnerOrigins: v.optional(v.array(origin), []),
  /** Whether a vault must have a passphrase: no convenience mode. */
  requirePassphrase: v.optional(v.boolean(), false),
  /** Learning data never lives longer than this; people may choose less. Absent: they choose freely. */
  retentionDaysMaximum: v.exactOptional(days),
  /** Where anonymised insights may go, if the person takes part; part of `connect-src` too. Absent: nowhere. */
  syncEndpoint: v.exactOptional(origin),
  /** Folder of a text model that the operator hosts, from the app on or from the root of its host. Absent: none. */
  textModel: v.exactOptional(ownFolder),
  /** Whether learners that are not part of Echo may be used. */
  allowPlugins: v.optional(v.boolean(), true),
  /** The most talkative level the log may be set to. */
  logLevel: v.optional(LogLevelSchema, 'debug'),
});

export type OperatorPolicy = v.InferOutput<typeof OperatorPolicySchema>;

/** In force where the operator wrote no file. */
export const defaultPolicy: OperatorPolicy = {
  format: 1,
  webhookOrigins: [],
  learnerOrigins: [],
  requirePassphrase: false,
  allowPlugins: true,
  logLevel: 'debug',
};

/**
 * In force where the operator's file cannot be understood: nothing it may have forbidden is allowed. It sets no
 * limit to retention, because that one deletes: a typing error must not cost people what they taught.
 */
export const strictestPolicy: OperatorPolicy = {
  format: 1,
  webhookOrigins: [],
  learnerOrigins: [],
  requirePassphrase: true,
  allowPlugins: false,
  logLevel: 'error',
};

export type PolicyError = { readonly kind: 'bad-policy'; readonly path: string; readonly message: string };

/** Parses the operator's file. The message names the path and what was expected there. */
export function parsePolicy(
  value: unknown,
):
  | { readonly ok: true; readonly value: OperatorPolicy }
  | { readonly ok: false; readonly error: PolicyError } {
  const parsed = v.safeParse(OperatorPolicySchema, value);
  if (parsed.success) return { ok: true, value: parsed.output };
  const issue = parsed.issues[0];
  return {
    ok: false,
    error: { kind: 'bad-policy', path: v.getDotPath(issue) ?? '(root)', message: issue.message },
  };
}

/** Every origin beside our own that the app may send anything to, each once. */
export function connectOrigins({
  webhookOrigins,
  learnerOrigins,
  syncEndpoint,
}: OperatorPolicy): readonly string[] {
  return [
    ...new Set([...webhookOrigins, ...learnerOrigins, ...(syncEndpoint === undefined ? [] : [syncEndpoint])]),
  ];
}
