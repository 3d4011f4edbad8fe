import * as v from 'valibot';

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

/** What the operator of a deployment allows (`policy.json` beside the app). It can only restrict. */
export const OperatorPolicySchema = v.object({
  format: v.literal(1),
  /** Origins that webhooks may call; they also go into `connect-src` when the app is built. */
  webhookOrigins: v.optional(v.array(origin), []),
  /** Whether a vault must have a passphrase: no convenience mode. */
  requirePassphrase: v.optional(v.boolean(), false),
});

export type OperatorPolicy = v.InferOutput<typeof OperatorPolicySchema>;

/** In force where the operator wrote no file. */
export const defaultPolicy: OperatorPolicy = { format: 1, webhookOrigins: [], requirePassphrase: false };

/** In force where the operator's file cannot be understood: nothing it may have forbidden is allowed. */
export const strictestPolicy: OperatorPolicy = { format: 1, webhookOrigins: [], requirePassphrase: true };

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
