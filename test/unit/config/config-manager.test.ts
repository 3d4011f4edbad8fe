import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigManager, type ConfigurationChange } from '../../../src/config/config-manager';
import type { Configuration } from '../../../src/config/configuration';
import { leavesOf } from '../../../src/config/configuration-path';
import { configurationProfiles } from '../../../src/config/configuration-profiles';
import { defaultPolicy } from '../../../src/config/policy';
import { anyConfiguration, anyPolicy } from './configuration-arbitraries';
import { memoryStorage } from './memory-storage';

const KEY = 'claude-echo.configuration';

function start(options: Partial<ConstructorParameters<typeof ConfigManager>[0]> = {}) {
  const storage = memoryStorage();
  return { storage, config: new ConfigManager({ profile: 'production', storage, ...options }) };
}

const groups = ['learning', 'security', 'performance', 'monitoring', 'logging'] as const;

function setAll(config: ConfigManager, to: Configuration): void {
  for (const group of groups) expect(config.set(group, to[group])).toEqual({ ok: true, value: undefined });
}

const BUILT_IN = Object.keys(configurationProfiles.production.learning.learners);

describe('ConfigManager', () => {
  it('gives the values of its profile, by path and typed', () => {
    const { config } = start();
    const cacheSize: number = config.get('learning.dataManager.cacheSize');
    expect(cacheSize).toBe(5_000);
    const format: 'text' | 'json' = config.get('logging.format');
    expect(format).toBe('json');
    expect(config.get('performance')).toEqual(configurationProfiles.production.performance);
    expect(start({ profile: 'development' }).config.get('learning.debugMode')).toBe(true);
    // @ts-expect-error there is no such path
    expect(() => config.get('learning.nothing')).toThrow('no such path');
  });

  it('brings back what was set, and stores nothing but that', () => {
    fc.assert(
      fc.property(anyConfiguration, (configuration) => {
        const storage = memoryStorage();
        const config = new ConfigManager({ profile: 'production', storage });
        setAll(config, configuration);
        const again = new ConfigManager({ profile: 'production', storage });
        expect(again.dropped).toEqual([]);
        for (const [path, value] of leavesOf(configuration))
          expect(again.explain(path as 'logging.level')?.value).toEqual(value);
      }),
      { numRuns: 25 },
    );
    const { config, storage } = start();
    config.set('performance.maxConcurrency', 4);
    expect(JSON.parse(storage.entries.get(KEY) ?? '')).toEqual({
      format: 1,
      overrides: [['performance.maxConcurrency', 4]],
    });
    config.set('performance.maxConcurrency', 10);
    expect(storage.entries.size).toBe(0);
  });

  it('refuses a wrong value by path and expectation, and changes nothing', () => {
    const { config, storage } = start();
    const before = config.configuration;
    expect(config.set('learning.dataManager.cacheSize', -1)).toEqual({
      ok: false,
      error: {
        kind: 'bad-config',
        path: 'learning.dataManager.cacheSize',
        expected: 'a whole number from 0 to 100000',
        got: 'number',
      },
    });
    expect(config.set('logging', { ...before.logging, maxBytes: 1 }).ok).toBe(false);
    expect(config.configuration).toBe(before);
    expect(storage.entries.size).toBe(0);
  });

  it.each([
    'logging.level.x',
    'nothing',
    '',
    '__proto__.level',
    'logging.constructor',
    'learning.learners.X.enabled',
  ])('knows no setting %o', (path) => {
    const { config } = start();
    expect(config.set(path as 'logging.level', 'warn')).toMatchObject({
      ok: false,
      error: { kind: 'bad-config' },
    });
    expect(Object.hasOwn(Object.prototype, 'level')).toBe(false);
  });

  it('does not let go of its values: what it gave and what it was given can no longer change it', () => {
    const { config } = start();
    const parameters = { depth: 3 };
    config.set('learning.learners.forest.parameters', parameters);
    parameters.depth = 4;
    expect(config.get('learning.learners.forest.parameters')).toEqual({ depth: 3 });
    expect(Object.isFrozen(config.get('learning.learners.forest.parameters'))).toBe(true);
  });

  it('knows a learner that nobody configured by its defaults', () => {
    const { config, storage } = start();
    expect(config.get('learning.learners.forest').batchSize).toBe(100);
    expect(config.set('learning.learners.forest.enabled', false).ok).toBe(true);
    expect(config.get('learning.learners.forest')).toMatchObject({ enabled: false, batchSize: 100 });
    expect(JSON.parse(storage.entries.get(KEY) ?? '').overrides).toEqual([
      ['learning.learners.forest.enabled', false],
    ]);
    expect(config.set('learning.learners', {})).toMatchObject({
      error: { path: 'learning.learners.pattern' },
    });
  });

  it('tells of every value that changes, once, and of no other', () => {
    const { config } = start();
    const heard: ConfigurationChange[] = [];
    const ofLogging: string[] = [];
    config.onChange((change) => heard.push(change));
    const end = config.onChange(({ path }) => ofLogging.push(path), 'logging');
    config.set('performance.maxConcurrency', 4);
    config.set('performance.maxConcurrency', 4);
    config.set('logging', { ...config.get('logging'), level: 'warn', format: 'text' });
    config.set('learning.learners.forest.enabled', false);
    end();
    config.set('logging.level', 'error');
    expect(heard.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['performance.maxConcurrency', 10, 4],
      ['logging.level', 'info', 'warn'],
      ['logging.format', 'json', 'text'],
      ['learning.learners.forest.enabled', true, false],
      ['logging.level', 'warn', 'error'],
    ]);
    expect(ofLogging).toEqual(['logging.level', 'logging.format']);
  });

  it('does not take a name that begins like a group for a part of it', () => {
    const { config } = start();
    const heard: string[] = [];
    config.onChange(({ path }) => heard.push(path), 'learning.learners.tree');
    config.set('learning.learners.trees.enabled', false);
    config.set('learning.learners.tree.enabled', false);
    expect(heard).toEqual(['learning.learners.tree.enabled']);
    config.reset('learning.learners.tree');
    expect(config.get('learning.learners.tree.enabled')).toBe(true);
    expect(config.get('learning.learners.trees.enabled')).toBe(false);
  });

  it('lets every listener hear, even after one that throws', () => {
    const { config } = start();
    const heard: string[] = [];
    config.onChange(() => {
      throw new Error('listener');
    });
    config.onChange(({ path }) => heard.push(path));
    expect(() => config.set('logging.level', 'warn')).toThrow('listener');
    expect(heard).toEqual(['logging.level']);
    expect(config.get('logging.level')).toBe('warn');
  });

  it('resets one value, a group, or everything', () => {
    const { config, storage } = start();
    config.set('logging.level', 'warn');
    config.set('logging.format', 'text');
    config.set('learning.learners.forest.enabled', false);
    config.reset('logging.level');
    expect(config.get('logging')).toMatchObject({ level: 'info', format: 'text' });
    config.reset('logging');
    expect(config.get('logging.format')).toBe('json');
    expect(config.get('learning.learners.forest.enabled')).toBe(false);
    config.reset();
    expect(config.configuration).toEqual(configurationProfiles.production);
    expect(storage.entries.size).toBe(0);
  });

  it('changes nothing when the browser does not store it', () => {
    const { config, storage } = start();
    storage.capacity = 10;
    expect(config.set('logging.level', 'warn')).toEqual({
      ok: false,
      error: { kind: 'not-stored', detail: 'QuotaExceededError' },
    });
    expect(config.get('logging.level')).toBe('info');
  });

  it('drops stored values that are no good one by one, and says which', () => {
    const { storage } = start();
    const overrides = [
      ['logging.level', 'loud'],
      ['performance.maxConcurrency', 4],
      ['gone.with.the.wind', 1],
      ['learning.dataManager.encryptionEnabled', false],
      ['learning.learners.forest.enabled', false],
      ['__proto__.polluted', true],
    ];
    storage.setItem(KEY, JSON.stringify({ format: 1, overrides }));
    const { config } = start({ storage });
    expect(config.dropped.map(({ path }) => path)).toEqual([
      'logging.level',
      'gone.with.the.wind',
      'learning.dataManager.encryptionEnabled',
      '__proto__.polluted',
    ]);
    expect(config.get('performance.maxConcurrency')).toBe(4);
    expect(config.get('learning.learners.forest.enabled')).toBe(false);
    for (const damaged of ['{', '{"format":2,"overrides":[]}', '[]']) {
      storage.setItem(KEY, damaged);
      expect(start({ storage }).config.configuration).toEqual(configurationProfiles.production);
    }
  });

  it('explains where a value comes from', () => {
    const { config } = start({ policy: { ...defaultPolicy, retentionDaysMaximum: 90 } });
    config.set('performance.maxConcurrency', 4);
    expect(config.explain('performance.importConcurrency')).toMatchObject({ source: 'default', value: 5 });
    expect(config.explain('logging.format')).toMatchObject({ source: 'profile', value: 'json' });
    expect(config.explain('performance.maxConcurrency')).toMatchObject({
      source: 'override',
      value: 4,
      profileValue: 10,
    });
    expect(config.explain('learning.dataManager.retentionDays')).toMatchObject({
      source: 'policy',
      value: 90,
      profileValue: 365,
    });
    expect(config.explain('learning.learners.forest.enabled')?.source).toBe('default');
    expect(config.explain('logging')).toBeUndefined();
    expect(config.explainAll().map(({ path }) => path)).toEqual([
      ...leavesOf(configurationProfiles.production).keys(),
    ]);
  });

  it('refuses what the policy forbids, and says how much it allows', () => {
    const { config } = start({ policy: { ...defaultPolicy, retentionDaysMaximum: 90, logLevel: 'warn' } });
    expect(config.set('learning.dataManager.retentionDays', 91)).toEqual({
      ok: false,
      error: { kind: 'forbidden-by-policy', path: 'learning.dataManager.retentionDays', limit: 90 },
    });
    expect(config.set('learning.dataManager.retentionDays', 30).ok).toBe(true);
    expect(config.set('learning.verboseLogging', true).ok).toBe(false);
    expect(config.set('performance.maxConcurrency', 4).ok).toBe(true);
  });

  it('tells of what a policy that arrives later changes, and gives it back when the policy goes', () => {
    const { config } = start();
    config.set('learning.learners.mine.batchSize', 7);
    const heard: string[] = [];
    config.onChange(({ path, after }) => heard.push(`${path}=${after}`));
    config.applyPolicy({ ...defaultPolicy, allowPlugins: false, retentionDaysMaximum: 90 });
    expect(config.get('learning.learners.other.enabled')).toBe(false);
    expect(config.get('learning.learners.pattern.enabled')).toBe(true);
    config.applyPolicy(defaultPolicy);
    expect(heard).toEqual([
      'learning.learners.mine.enabled=false',
      'learning.dataManager.retentionDays=90',
      'learning.learners.mine.enabled=true',
      'learning.dataManager.retentionDays=365',
    ]);
  });

  it('is never less strict than its policy, whatever is set before or after it', () => {
    fc.assert(
      fc.property(anyConfiguration, anyPolicy, fc.boolean(), (configuration, policy, isPolicyFirst) => {
        const { config } = start(isPolicyFirst ? { policy } : {});
        for (const [path, value] of leavesOf(configuration))
          config.set(path as 'logging.level', value as 'warn');
        config.applyPolicy(policy);
        const { retentionDaysMaximum = 3_650, logLevel, allowPlugins } = policy;
        expect(config.get('learning.dataManager.retentionDays')).toBeLessThanOrEqual(retentionDaysMaximum);
        const levels = ['debug', 'info', 'warn', 'error'];
        expect(levels.indexOf(config.get('logging.level'))).toBeGreaterThanOrEqual(levels.indexOf(logLevel));
        if (logLevel !== 'debug') expect(config.get('learning.verboseLogging')).toBe(false);
        for (const [name, { enabled }] of Object.entries(config.get('learning.learners')))
          if (!allowPlugins && !BUILT_IN.includes(name)) expect(enabled).toBe(false);
      }),
      { numRuns: 12 },
    );
  });
});
