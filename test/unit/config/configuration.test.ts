import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfigError, parseConfiguration } from '../../../src/config/configuration';
import { leavesOf, placeAt } from '../../../src/config/configuration-path';
import { configurationProfiles, defaultConfiguration } from '../../../src/config/configuration-profiles';
import { intervalsOf } from '../../../src/config/intervals';
import { anyConfiguration } from './configuration-arbitraries';

const profiles = Object.entries(configurationProfiles);

function errorOf(value: unknown): Extract<ConfigError, { kind: 'bad-config' }> | undefined {
  const parsed = parseConfiguration(value);
  return parsed.ok ? undefined : parsed.error;
}

describe('the schema of the configuration', () => {
  it.each(profiles)('accepts the profile %s as it is', (_name, profile) => {
    expect(parseConfiguration(profile)).toEqual({ ok: true, value: profile });
  });

  it('gives back any valid configuration unchanged, also through JSON', () => {
    fc.assert(
      fc.property(anyConfiguration, (configuration) => {
        const stored: unknown = JSON.parse(JSON.stringify(configuration));
        expect(parseConfiguration(stored)).toEqual({ ok: true, value: stored });
      }),
    );
  });

  it('refuses any single wrong value, and names exactly its path', () => {
    const wrong = fc.constantFrom<unknown>(null, 'wrong', -1, Number.NaN, ['wrong'], [], { a: 1 }, undefined);
    fc.assert(
      fc.property(anyConfiguration, fc.nat(), wrong, (configuration, pick, value) => {
        const paths = [...leavesOf(configuration).keys()];
        const path = paths[pick % paths.length] ?? '';
        // These are right there: no model, no sink, any parameters.
        fc.pre(!(path.endsWith('.sinks') && Array.isArray(value) && value.length === 0));
        fc.pre(!(path.endsWith('.modelPath') && value === 'wrong'));
        fc.pre(
          !(path.endsWith('.parameters') && typeof value === 'object' && value !== null && 'a' in value),
        );
        const spoiled = structuredClone(configuration);
        placeAt(spoiled, path.split('.'), value);
        const error = errorOf(spoiled);
        expect(error?.path).toBe(path);
        expect(error?.expected).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is missing and what it does not know, by path', () => {
    fc.assert(
      fc.property(anyConfiguration, fc.nat(), (configuration, pick) => {
        const paths = [...leavesOf(configuration).keys()];
        const keys = (paths[pick % paths.length] ?? '').split('.');
        const lacking = structuredClone(configuration);
        const group = keys.slice(0, -1).reduce<object>((tree, key) => Reflect.get(tree, key), lacking);
        Reflect.deleteProperty(group, keys.at(-1) ?? '');
        expect(errorOf(lacking)?.path).toBe(keys.join('.'));
        const extended = structuredClone(configuration);
        const unknown = [...keys.slice(0, -1), 'fancy'];
        placeAt(extended, unknown, 1);
        expect(errorOf(extended)).toMatchObject({
          path: unknown.join('.'),
          expected: 'no setting of this name',
        });
      }),
    );
  });

  it('says in words what was expected', () => {
    const spoiled = structuredClone(defaultConfiguration);
    placeAt(spoiled, ['performance', 'maxConcurrency'], 'ten');
    expect(errorOf(spoiled)).toEqual({
      kind: 'bad-config',
      path: 'performance.maxConcurrency',
      expected: 'a whole number from 1 to 64',
      got: 'string',
    });
    placeAt(spoiled, ['performance', 'maxConcurrency'], 10);
    placeAt(spoiled, ['logging', 'level'], 'loud');
    expect(errorOf(spoiled)?.expected).toBe('one of "debug", "info", "warn", "error"');
  });

  it('takes a list for one value: what is wrong with an item is wrong with the list', () => {
    for (const sinks of [['file', 'printer'], ['file', 'file'], 'file']) {
      const spoiled = structuredClone(defaultConfiguration);
      placeAt(spoiled, ['logging', 'sinks'], sinks);
      expect(errorOf(spoiled)?.path).toBe('logging.sinks');
    }
  });

  it('refuses plain rows in every profile, and says why', () => {
    for (const [, profile] of profiles) {
      const plain = structuredClone(profile);
      placeAt(plain, ['learning', 'dataManager', 'encryptionEnabled'], false);
      expect(errorOf(plain)).toMatchObject({
        path: 'learning.dataManager.encryptionEnabled',
        expected: 'true: the vault has no unencrypted mode',
      });
    }
  });

  it.each([
    'https://elsewhere.example/model',
    '//elsewhere.example/m',
    '/models/a',
    '../secret',
    'a/../../b',
  ])('refuses a model outside the app: %s', (modelPath) => {
    const spoiled = structuredClone(defaultConfiguration);
    placeAt(spoiled, ['learning', 'learners', 'pattern', 'modelPath'], modelPath);
    expect(errorOf(spoiled)?.path).toBe('learning.learners.pattern.modelPath');
  });

  it('keeps the whole log within what a browser gives a page, whatever is set', () => {
    fc.assert(
      fc.property(anyConfiguration, ({ logging }) => {
        expect(logging.maxBytes * (logging.backupCount + 1)).toBeLessThanOrEqual(4 * 1_024 * 1_024);
      }),
    );
  });
});

describe('intervalsOf', () => {
  it('makes everything sixty times as frequent with fast intervals', () => {
    const fast = {
      ...defaultConfiguration,
      learning: { ...defaultConfiguration.learning, fastIntervals: true },
    };
    expect(intervalsOf(defaultConfiguration).cleanupMs).toBe(86_400_000);
    expect(intervalsOf(fast)).toEqual({
      batchLearningMs: 30_000,
      cleanupMs: 1_440_000,
      healthCheckMs: 1_000,
    });
  });
});
