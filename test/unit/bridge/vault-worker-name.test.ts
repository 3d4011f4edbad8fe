import { describe, expect, it } from 'vitest';
import { spaceOfVaultWorker, vaultWorkerName } from '../../../src/bridge/vault-worker-name';

describe('the name of a vault worker', () => {
  it('tells its space, that of the first person where there is no name', () => {
    for (const space of ['claude-echo', `claude-echo.${crypto.randomUUID()}`]) {
      expect(spaceOfVaultWorker(vaultWorkerName(space))).toBe(space);
    }
    expect(spaceOfVaultWorker('')).toBe('claude-echo');
  });

  it('is never taken for the space of somebody else', () => {
    for (const name of ['vault', 'vault of ', 'vault of claude-echo.', 'vault of other', 'claude-echo']) {
      expect(() => spaceOfVaultWorker(name)).toThrow('named for its space');
    }
    expect(() => vaultWorkerName('claude-echo.ada')).toThrow('named for the app');
  });
});
