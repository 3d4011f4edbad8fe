import { err, ok, type Result } from '../../core/result';
import type { NewPasskey, PasskeyHandle } from '../../vault/vault-types';

export type PasskeyError =
  /** This browser, or this address (passkeys need a host name and HTTPS), has none. */
  | { readonly kind: 'unsupported' }
  /** The passkey was made, but can give no key. It can be removed in the settings of the device. */
  | { readonly kind: 'no-prf' }
  /** The person said no, waited too long, or the device has no such passkey: browsers do not tell which. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly detail: string };

const PRF_BYTES = 32;
const PATIENCE_MS = 120_000;

/** COSE numbers of what a passkey may sign with; Echo never checks a signature, and takes what there is. */
const ALGORITHMS = [-8, -7, -257];

const random = (bytes: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(bytes));

/** An address made of numbers cannot be what a passkey belongs to. */
const isHostName = (host: string): boolean => !/^\[|^[0-9.]+$/.test(host);

/** Whether this browser, at this address, may have passkeys that give keys. Page thread. */
export async function isPasskeyAvailable(): Promise<boolean> {
  if (!isSecureContext || !isHostName(location.hostname)) return false;
  if (globalThis.PublicKeyCredential === undefined) return false;
  const capabilities = await PublicKeyCredential.getClientCapabilities?.();
  // Browsers that do not tell yet are asked when it comes to it.
  return capabilities?.['extension:prf'] !== false;
}

/**
 * Makes a passkey and asks it for a key right away (WebAuthn level 3, PRF extension). Its fingerprint, face or
 * PIN is always asked for. Nothing of it is sent anywhere.
 *
 * @param name how the device lists it, such as the person's name
 */
export async function createPasskey(name: string): Promise<Result<NewPasskey, PasskeyError>> {
  if (!(await isPasskeyAvailable())) return err({ kind: 'unsupported' });
  const prfSalt = random(PRF_BYTES);
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { id: location.hostname, name: 'Claude Echo' },
        user: { id: random(PRF_BYTES), name, displayName: name },
        challenge: random(PRF_BYTES),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        // Some devices give keys only from passkeys they list themselves; Echo remembers the id anyway.
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: prfSalt } } },
      },
    }),
  );
  if (!made.ok) return made;
  const credentialId = new Uint8Array(made.value.rawId);
  const { prf } = made.value.getClientExtensionResults();
  if (prf?.enabled !== true && prf?.results === undefined) return err({ kind: 'no-prf' });
  const atCreation = keyIn(prf.results);
  if (atCreation !== undefined) return ok({ credentialId, prfSalt, prf: atCreation });
  // Many devices give a key only when the passkey is used, which they ask for once more.
  const used = await readPasskey({ credentialId, prfSalt });
  return used.ok ? ok({ credentialId, prfSalt, prf: used.value }) : used;
}

/** Asks a passkey for the key it gives for its salt: the same 32 bytes each time. */
export async function readPasskey({
  credentialId,
  prfSalt,
}: Pick<PasskeyHandle, 'credentialId' | 'prfSalt'>): Promise<Result<Uint8Array<ArrayBuffer>, PasskeyError>> {
  if (!(await isPasskeyAvailable())) return err({ kind: 'unsupported' });
  const used = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        rpId: location.hostname,
        challenge: random(PRF_BYTES),
        allowCredentials: [{ type: 'public-key', id: credentialId }],
        userVerification: 'required',
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: prfSalt } } },
      },
    }),
  );
  if (!used.ok) return used;
  const key = keyIn(used.value.getClientExtensionResults().prf?.results);
  return key === undefined ? err({ kind: 'no-prf' }) : ok(key);
}

/** A copy, because the vault overwrites it; `undefined` when there is none. */
function keyIn(results: { readonly first?: BufferSource } | undefined): Uint8Array<ArrayBuffer> | undefined {
  const first = results?.first;
  if (first === undefined) return undefined;
  const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : undefined;
  return bytes?.length === PRF_BYTES ? Uint8Array.from(bytes) : undefined;
}

async function asked(
  question: () => Promise<Credential | null>,
): Promise<Result<PublicKeyCredential, PasskeyError>> {
  try {
    const credential = await question();
    if (credential instanceof PublicKeyCredential) return ok(credential);
    return err({ kind: 'failed', detail: 'the browser answered without a passkey' });
  } catch (failure) {
    return err(passkeyErrorOf(failure));
  }
}

/** The names of WebAuthn's DOMExceptions. */
function passkeyErrorOf(failure: unknown): PasskeyError {
  if (!(failure instanceof Error)) return { kind: 'failed', detail: String(failure) };
  switch (failure.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return { kind: 'cancelled' };
    case 'NotSupportedError':
    case 'ConstraintError':
    case 'SecurityError':
      return { kind: 'unsupported' };
    default:
      return { kind: 'failed', detail: `${failure.name}: ${failure.message}` };
  }
}
