import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createDataKey,
  createDeviceKey,
  createMasterKey,
  openDataKey,
  openMasterKey,
} from '../../../src/vault/crypto/wrapped-key';
import { dataKeyBinding, type EmptySlot, macKeyBinding, slotBinding } from '../../../src/vault/keys/key-rows';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((made) => new Uint8Array(made));
const id = fc.constantFrom('a', 'b', 'a,b', '"', 'passkey');
const moment = fc.nat(3);

const slots: fc.Arbitrary<EmptySlot> = fc.oneof(
  fc.record({
    kind: fc.constant('passphrase' as const),
    format: fc.constant(1 as const),
    kdf: fc.record({
      algorithm: fc.constant('pbkdf2-sha-256' as const),
      iterations: fc.constantFrom(1_300_000, 1_300_001),
      salt: bytes(1),
    }),
  }),
  fc.record({
    kind: fc.constant('passkey' as const),
    format: fc.constant(1 as const),
    credentialId: bytes(1),
    prfSalt: bytes(1),
    createdAt: moment,
  }),
  fc.record({ kind: fc.constant('recovery' as const), format: fc.constant(1 as const), createdAt: moment }),
);

const dataKeys = fc.oneof(
  fc.record({
    format: fc.constant(1 as const),
    id,
    level: fc.constantFrom('public' as const, 'private' as const),
  }),
  fc.record({
    format: fc.constant(2 as const),
    id,
    level: fc.constantFrom('public' as const, 'private' as const),
    indexKeyId: id,
  }),
);

const macKeys = fc.record({
  id,
  use: fc.constantFrom('index' as const, 'audit' as const, 'insights' as const),
});

/** What a wrapped key is bound to, with what it was made of. */
const anyBinding = fc.oneof(
  fc.tuple(id, slots).map(([vault, slot]) => ({ of: ['slot', vault, slot], is: slotBinding(vault, slot) })),
  fc
    .tuple(id, dataKeys)
    .map(([vault, key]) => ({ of: ['data', vault, key], is: dataKeyBinding(vault, key) })),
  fc.tuple(id, macKeys).map(([vault, key]) => ({ of: ['mac', vault, key], is: macKeyBinding(vault, key) })),
);

describe('what a key is bound to', () => {
  it('differs whenever vault, kind, id, level, use or any parameter does', () => {
    fc.assert(
      fc.property(anyBinding, anyBinding, (one, other) => {
        expect(JSON.stringify(one.is) === JSON.stringify(other.is)).toBe(
          JSON.stringify(one.of) === JSON.stringify(other.of),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('lets nothing open that was swapped for another', async () => {
    const kek = await createDeviceKey();
    await fc.assert(
      fc.asyncProperty(anyBinding, anyBinding, async (one, other) => {
        fc.pre(JSON.stringify(one.of) !== JSON.stringify(other.of));
        const masterKey = await createMasterKey(kek, one.is);
        await expect(openMasterKey(masterKey, kek, other.is)).rejects.toThrow();
        const wrappingKey = await openMasterKey(masterKey, kek, one.is);
        const { wrapped } = await createDataKey(wrappingKey, one.is);
        await expect(openDataKey(wrapped, wrappingKey, other.is)).rejects.toThrow();
        await expect(openDataKey(wrapped, wrappingKey, one.is)).resolves.toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});
