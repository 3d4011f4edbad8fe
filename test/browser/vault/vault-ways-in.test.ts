import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vault } from '../../../src/vault/vault';
import type { VaultSecret } from '../../../src/vault/vault-types';
import { everyByte, keysOf, occurrences, putRaw, type RawRow, rawRows } from './raw-store';
import { failed, freshVault, sampleNote, worked } from './sample-rows';

const PASSPHRASE = 'nine quiet herons';

const newPasskey = (prf: Uint8Array<ArrayBuffer>) => ({
  credentialId: crypto.getRandomValues(new Uint8Array(24)),
  prfSalt: crypto.getRandomValues(new Uint8Array(32)),
  prf: prf.slice(),
});

const passkeySecret = (prf: Uint8Array<ArrayBuffer>): VaultSecret => ({ kind: 'passkey', prf: prf.slice() });
const codeSecret = (code: string): VaultSecret => ({ kind: 'recovery-code', code });

async function vaultWithEveryWay() {
  const { vault, name } = freshVault();
  await worked(vault.create('passphrase', PASSPHRASE));
  const note = sampleNote('behind three doors');
  await worked(vault.write([{ op: 'put', table: 'notes', row: note }]));
  const prf = crypto.getRandomValues(new Uint8Array(32));
  await worked(vault.addPasskey(newPasskey(prf)));
  const code = await worked(vault.makeRecoveryCode());
  const opensWith = async (secret: VaultSecret | string | undefined) => {
    const session = new Vault({ name });
    const answer = await session.unlock(secret);
    const read = answer.ok ? await worked(session.get('notes', note.id)) : undefined;
    await session.close();
    return answer.ok ? read?.text === note.text : answer.error;
  };
  return { vault, name, note, prf, code, opensWith };
}

const wrong = { kind: 'wrong-passphrase' };

describe('a vault with several ways in', () => {
  it('opens with each of them, and tells which there are while it is locked', async () => {
    const { name, prf, code, opensWith } = await vaultWithEveryWay();
    expect(await worked(new Vault({ name }).status())).toMatchObject({
      kind: 'locked',
      protection: 'passphrase',
      waysIn: { hasRecoveryCode: true, passkey: { createdAt: expect.any(Number) } },
    });
    expect(await opensWith(PASSPHRASE)).toBe(true);
    expect(await opensWith(passkeySecret(prf))).toBe(true);
    expect(await opensWith(codeSecret(code))).toBe(true);
    expect(await opensWith(codeSecret(code.toLowerCase().replaceAll('-', ' ')))).toBe(true);
  });

  it('opens with nothing else, whatever is tried at whichever door', async () => {
    const { prf, code, opensWith } = await vaultWithEveryWay();
    const other = prf.slice();
    other[31] = (other[31] ?? 0) ^ 1;
    expect(await opensWith(undefined)).toEqual(wrong);
    expect(await opensWith(passkeySecret(other))).toEqual(wrong);
    expect(await opensWith(passkeySecret(prf.slice(0, 16)))).toEqual(wrong);
    expect(await opensWith(code)).toEqual(wrong);
    expect(await opensWith(codeSecret(PASSPHRASE))).toEqual({ kind: 'mistyped-code' });
    expect(await opensWith(codeSecret(`${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`))).toEqual({
      kind: 'mistyped-code',
    });
    const { code: anothers } = await vaultWithEveryWay();
    expect(await opensWith(codeSecret(anothers))).toEqual(wrong);
  });

  it('keeps the others when one changes, whichever way it was opened', async () => {
    const { name, prf, code, opensWith } = await vaultWithEveryWay();
    const byPasskey = new Vault({ name });
    await worked(byPasskey.unlock(passkeySecret(prf)));
    await worked(byPasskey.removePasskey());
    await worked(byPasskey.protect('passphrase', 'another passphrase'));
    expect(await opensWith(passkeySecret(prf))).toEqual(wrong);
    expect(await opensWith(PASSPHRASE)).toEqual(wrong);
    expect(await opensWith('another passphrase')).toBe(true);
    expect(await opensWith(codeSecret(code))).toBe(true);

    const byCode = new Vault({ name });
    await worked(byCode.unlock(codeSecret(code)));
    const second = await worked(byCode.makeRecoveryCode());
    expect(await opensWith(codeSecret(code))).toEqual(wrong);
    expect(await opensWith(codeSecret(second))).toBe(true);
    await worked(byCode.addPasskey(newPasskey(prf)));
    await worked(byCode.removeRecoveryCode());
    expect(await opensWith(codeSecret(second))).toEqual(wrong);
    expect(await opensWith(passkeySecret(prf))).toBe(true);
    expect(await opensWith('another passphrase')).toBe(true);
  });

  it('has none beside the device key in convenience mode', async () => {
    const { vault, name, prf, code, opensWith } = await vaultWithEveryWay();
    expect(await worked(vault.protect('convenience'))).toMatchObject({
      waysIn: { passkey: undefined, hasRecoveryCode: false },
    });
    expect((await rawRows(keysOf(name), 'slots')).map((slot) => slot['kind'])).toEqual(['device']);
    expect(await opensWith(undefined)).toBe(true);
    for (const secret of [PASSPHRASE, passkeySecret(prf), codeSecret(code)]) {
      expect(await opensWith(secret)).toEqual(wrong);
    }
    expect(await failed(vault.addPasskey(newPasskey(prf)))).toEqual({ kind: 'passphrase-required' });
    expect(await failed(vault.makeRecoveryCode())).toEqual({ kind: 'passphrase-required' });
    expect(await rawRows(keysOf(name), 'slots')).toHaveLength(1);
  });

  it('stores neither the code nor what the passkey gave, and overwrites what it was handed', async () => {
    const { vault, name, prf, code } = await vaultWithEveryWay();
    const passkey = newPasskey(prf);
    await worked(vault.addPasskey(passkey));
    expect(passkey.prf).toEqual(new Uint8Array(32));
    const stored = await everyByte(name);
    expect(occurrences(stored, passkey.credentialId)).toBe(1);
    expect(occurrences(stored, prf)).toBe(0);
    for (const spelling of [code, code.replaceAll('-', '')]) {
      expect(occurrences(stored, new TextEncoder().encode(spelling))).toBe(0);
    }
  });

  it('checks a secret that is shown while it is open, and stays open', async () => {
    const { vault, prf, code } = await vaultWithEveryWay();
    expect(await failed(vault.unlock('not the passphrase'))).toEqual(wrong);
    expect(await failed(vault.unlock(passkeySecret(new Uint8Array(32))))).toEqual(wrong);
    for (const right of [PASSPHRASE, passkeySecret(prf), codeSecret(code), undefined]) {
      expect(await worked(vault.unlock(right))).toMatchObject({ kind: 'open' });
    }
  });

  it('writes into its audit log who came in how, and who was refused', async () => {
    const { name, code, opensWith } = await vaultWithEveryWay();
    await opensWith('not the passphrase');
    await opensWith(codeSecret(code));
    const later = new Vault({ name });
    await worked(later.unlock(PASSPHRASE));
    const { entries } = await worked(later.auditPage());
    expect(entries.map(({ event }) => event).reverse()).toEqual([
      'vault-created',
      'passkey-added',
      'recovery-code-made',
      'unlock-refused',
      'unlocked',
      'unlocked',
    ]);
    expect(entries[0]?.detail).toEqual({ with: 'passphrase' });
    expect(entries[1]?.detail).toEqual({ with: 'recovery-code' });
    expect(await worked(later.verifyAudit())).toMatchObject({ kind: 'intact' });
  });
});

const flipped = (bytes: unknown, bit: number): Uint8Array => {
  const copy = new Uint8Array(bytes as Uint8Array);
  copy[(bit >> 3) % copy.length] = (copy[(bit >> 3) % copy.length] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('an edited way in', () => {
  it('does not open, whichever bit of the wrapped key or of its parameters was flipped', async () => {
    const { name, prf, code, opensWith } = await vaultWithEveryWay();
    const slots = await rawRows(keysOf(name), 'slots');
    const slotOf = (kind: string) =>
      slots.find((slot) => slot['kind'] === kind) ?? expect.fail('no such slot');
    const [passkey, recovery] = [slotOf('passkey'), slotOf('recovery')];
    const masterKeyOf = (slot: RawRow) => slot['masterKey'] as { iv: Uint8Array; bytes: Uint8Array };
    const edits = (slot: RawRow, bit: number): RawRow[] => [
      { ...slot, masterKey: { ...masterKeyOf(slot), bytes: flipped(masterKeyOf(slot).bytes, bit) } },
      { ...slot, masterKey: { ...masterKeyOf(slot), iv: flipped(masterKeyOf(slot).iv, bit) } },
      { ...slot, createdAt: Number(slot['createdAt']) + 1 + bit },
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat(383), async (bit) => {
        for (const edited of [
          ...edits(passkey, bit),
          { ...passkey, credentialId: flipped(passkey['credentialId'], bit) },
          { ...passkey, prfSalt: flipped(passkey['prfSalt'], bit) },
        ]) {
          await putRaw(keysOf(name), 'slots', edited);
          expect(await opensWith(passkeySecret(prf))).toEqual(wrong);
        }
        for (const edited of edits(recovery, bit)) {
          await putRaw(keysOf(name), 'slots', edited);
          expect(await opensWith(codeSecret(code))).toEqual(wrong);
        }
      }),
      { numRuns: 8 },
    );
    await putRaw(keysOf(name), 'slots', { ...recovery, masterKey: passkey['masterKey'] });
    expect(await opensWith(codeSecret(code))).toEqual(wrong);
    await putRaw(keysOf(name), 'slots', recovery);
    await putRaw(keysOf(name), 'slots', passkey);
    expect([await opensWith(passkeySecret(prf)), await opensWith(codeSecret(code))]).toEqual([true, true]);
  });

  it('does not bar the others', async () => {
    const { name, prf, code, opensWith } = await vaultWithEveryWay();
    await putRaw(keysOf(name), 'slots', { kind: 'passphrase', format: 1 });
    await putRaw(keysOf(name), 'slots', { kind: 'passkey', format: 1 });
    expect(await opensWith(PASSPHRASE)).toMatchObject({ kind: 'unavailable' });
    expect(await opensWith(passkeySecret(prf))).toMatchObject({ kind: 'unavailable' });
    expect(await opensWith(codeSecret(code))).toBe(true);
  });

  it('of another vault does not open this one', async () => {
    const first = await vaultWithEveryWay();
    const second = await vaultWithEveryWay();
    for (const slot of await rawRows(keysOf(first.name), 'slots'))
      await putRaw(keysOf(second.name), 'slots', slot);
    for (const secret of [PASSPHRASE, passkeySecret(first.prf), codeSecret(first.code)]) {
      expect(await second.opensWith(secret)).toEqual(wrong);
    }
  });
});
