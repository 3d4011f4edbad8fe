import { describe, expect, it } from 'vitest';
import {
  createDataKey,
  createDeviceKey,
  createMacKey,
  createMasterKey,
  type KeyBinding,
  openDataKey,
  openMacKey,
  openMasterKey,
  rewrapKey,
} from '../../../src/vault/crypto/wrapped-key';

const slot: KeyBinding = ['slot', 'vault-1', 1, 'device', ''];
const dataKey: KeyBinding = ['data-key', 'vault-1', 1, 'key-1', 'private'];

async function ready() {
  const kek = await createDeviceKey();
  const masterKey = await createMasterKey(kek, slot);
  const wrappingKey = await openMasterKey(masterKey, kek, slot);
  return { kek, masterKey, wrappingKey, ...(await createDataKey(wrappingKey, dataKey)) };
}

const iv = new Uint8Array(12);
const message = new TextEncoder().encode('tea');

describe('keys of the vault', () => {
  it('come out of their wrapping the same, and not extractable', async () => {
    const { kek, masterKey, key, wrapped } = await ready();
    const again = await openDataKey(wrapped, await openMasterKey(masterKey, kek, slot), dataKey);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, message);
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, again, sealed);
    expect(new Uint8Array(opened)).toEqual(message);
    for (const held of [kek, key, again, await openMasterKey(masterKey, kek, slot)]) {
      expect(held.extractable).toBe(false);
    }
  });

  it('do not open with one bit of the wrapping flipped', async () => {
    const { kek, masterKey } = await ready();
    for (let bit = 0; bit < masterKey.bytes.length * 8; bit += 1) {
      const bytes = new Uint8Array(masterKey.bytes);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(openMasterKey({ ...masterKey, bytes }, kek, slot)).rejects.toThrow();
    }
  });

  it('do not open as the key of another vault, level, id or use', async () => {
    const { wrapped, wrappingKey } = await ready();
    const others: KeyBinding[] = [
      ['data-key', 'vault-2', 1, 'key-1', 'private'],
      ['data-key', 'vault-1', 1, 'key-1', 'confidential'],
      ['data-key', 'vault-1', 1, 'key-2', 'private'],
      ['slot', 'vault-1', 1, 'key-1', 'private'],
    ];
    for (const other of others) await expect(openDataKey(wrapped, wrappingKey, other)).rejects.toThrow();
  });

  it('survive a change of the key around the master key; the old one no longer opens it', async () => {
    const { kek, masterKey, wrapped } = await ready();
    const newKek = await createDeviceKey();
    const newSlot: KeyBinding = ['slot', 'vault-1', 1, 'passphrase', 'parameters'];
    const rewrapped = await rewrapKey(
      masterKey,
      { by: kek, binding: slot },
      { by: newKek, binding: newSlot },
    );
    const opened = await openMasterKey(rewrapped, newKek, newSlot);
    await expect(openDataKey(wrapped, opened, dataKey)).resolves.toBeDefined();
    await expect(openMasterKey(rewrapped, kek, newSlot)).rejects.toThrow();
  });
  it('for HMAC sign the same after unwrapping, are not extractable, and open as nothing else', async () => {
    const { wrappingKey } = await ready();
    const binding: KeyBinding = ['mac-key', 'vault-1', 2, 'key-1', 'index'];
    const { key, wrapped } = await createMacKey(wrappingKey, binding);
    const again = await openMacKey(wrapped, wrappingKey, binding);
    expect([key.extractable, again.extractable]).toEqual([false, false]);
    const mac = await crypto.subtle.sign('HMAC', key, message);
    expect(await crypto.subtle.verify('HMAC', again, mac, message)).toBe(true);
    const others: KeyBinding[] = [
      ['mac-key', 'vault-1', 2, 'key-1', 'audit'],
      ['mac-key', 'vault-1', 2, 'key-2', 'index'],
      ['mac-key', 'vault-2', 2, 'key-1', 'index'],
      ['data-key', 'vault-1', 2, 'key-1', 'index'],
    ];
    for (const other of others) await expect(openMacKey(wrapped, wrappingKey, other)).rejects.toThrow();
    for (let bit = 0; bit < wrapped.bytes.length * 8; bit += 1) {
      const bytes = new Uint8Array(wrapped.bytes);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(openMacKey({ ...wrapped, bytes }, wrappingKey, binding)).rejects.toThrow();
    }
  });
});
