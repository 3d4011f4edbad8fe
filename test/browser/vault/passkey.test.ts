import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { createPasskey, isPasskeyAvailable, readPasskey } from '../../../src/agents/vault/passkey';
import { Vault } from '../../../src/vault/vault';
import { failed, freshVault, sampleNote, worked } from './sample-rows';

const PASSPHRASE = 'a key of flesh and glass';

const session = cdp() as unknown as { send(method: string, parameters?: object): Promise<unknown> };
const authenticators: string[] = [];

/** A device with a passkey store, as Chromium's own developer tools make one. */
async function plugIn(options: { readonly hasPrf?: boolean; readonly isUserVerified?: boolean } = {}) {
  const { hasPrf = true, isUserVerified = true } = options;
  const { authenticatorId } = (await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })) as { authenticatorId: string };
  authenticators.push(authenticatorId);
  return authenticatorId;
}

beforeAll(async () => {
  await session.send('WebAuthn.enable', { enableUI: false });
});

afterEach(async () => {
  for (const authenticatorId of authenticators.splice(0)) {
    await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  }
});

describe('a passkey', () => {
  it('gives the same key for its salt each time, and another for another salt', async () => {
    await plugIn();
    expect(await isPasskeyAvailable()).toBe(true);
    const made = await worked(createPasskey('Ada'));
    expect(made.prf).toHaveLength(32);
    expect(await worked(readPasskey(made))).toEqual(made.prf);
    const other = await worked(readPasskey({ ...made, prfSalt: new Uint8Array(32).fill(9) }));
    expect(other).not.toEqual(made.prf);
    expect((await worked(createPasskey('Ada'))).prf).not.toEqual(made.prf);
  });

  it('opens the vault it was added to, without the passphrase', async () => {
    await plugIn();
    const { vault, name } = freshVault();
    await worked(vault.create('passphrase', PASSPHRASE));
    const note = sampleNote('behind glass');
    await worked(vault.write([{ op: 'put', table: 'notes', row: note }]));
    await worked(vault.addPasskey(await worked(createPasskey('Ada'))));

    const later = new Vault({ name });
    const { waysIn } = (await worked(later.status())) as { waysIn: { passkey: undefined } };
    const handle = waysIn.passkey ?? expect.fail('a locked vault tells how to ask for its passkey');
    const prf = await worked(readPasskey(handle));
    expect(await worked(later.unlock({ kind: 'passkey', prf }))).toMatchObject({ kind: 'open' });
    expect(await worked(later.get('notes', note.id))).toEqual(note);
  });

  it('without the PRF extension is of no use, and said so', async () => {
    await plugIn({ hasPrf: false });
    expect(await failed(createPasskey('Ada'))).toEqual({ kind: 'no-prf' });
  });

  it('is not given where nobody proves to be its owner', async () => {
    const authenticatorId = await plugIn();
    const made = await worked(createPasskey('Ada'));
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    expect(await failed(readPasskey(made))).toEqual({ kind: 'cancelled' });
    expect(await failed(createPasskey('Eve'))).toEqual({ kind: 'cancelled' });
  });

  it('is not another passkey of the same device', async () => {
    await plugIn();
    const made = await worked(createPasskey('Ada'));
    const foreign = { ...made, credentialId: new Uint8Array(16).fill(3) };
    expect(await failed(readPasskey(foreign))).toEqual({ kind: 'cancelled' });
    expect(await worked(readPasskey(made))).toEqual(made.prf);
  });
});
