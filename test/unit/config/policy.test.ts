import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../scripts/security-headers';
import type { Configuration } from '../../../src/config/configuration';
import { defaultConfiguration } from '../../../src/config/configuration-profiles';
import { connectOrigins, defaultPolicy, parsePolicy, strictestPolicy } from '../../../src/config/policy';
import {
  effectiveLogLevel,
  effectiveRetentionDays,
  isLearnerAllowed,
  restrictConfiguration,
  restrictSettings,
} from '../../../src/config/policy-restriction';
import { defaultSettings } from '../../../src/config/settings';
import { anyConfiguration, anyPolicy } from './configuration-arbitraries';

const BUILT_IN = new Set(['pattern']);
const levels = ['debug', 'info', 'warn', 'error'];

/** What a policy is about, the larger the laxer. */
function laxness({ learning, logging }: Configuration): readonly number[] {
  return [
    learning.dataManager.retentionDays,
    learning.verboseLogging ? 1 : 0,
    -levels.indexOf(logging.level),
    ...Object.values(learning.learners).map(({ enabled }) => (enabled ? 1 : 0)),
  ];
}

describe('the operator’s policy', () => {
  it('fills in what is left out with what applies where there is no file', () => {
    expect(parsePolicy({ format: 1 })).toEqual({ ok: true, value: defaultPolicy });
  });

  it('gives back what it was read as', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ ok: true, value: policy });
      }),
    );
  });

  it.each([
    [{ webhookOrigins: ['https://ok.example', 'https://x.example/path'] }, 'webhookOrigins.1'],
    [{ learnerOrigins: ['https://x.example/path'] }, 'learnerOrigins.0'],
    [{ syncEndpoint: 'https://x.example/path' }, 'syncEndpoint'],
    // A text model is of this site: no other origin, and nothing above the folder of the app.
    [{ textModel: 'https://x.example/models/m/' }, 'textModel'],
    [{ textModel: '//x.example/m/' }, 'textModel'],
    [{ textModel: 'models/../../m/' }, 'textModel'],
    [{ textModel: 'models/m' }, 'textModel'],
    [{ retentionDaysMaximum: 0 }, 'retentionDaysMaximum'],
    [{ allowPlugins: 'no' }, 'allowPlugins'],
    [{ logLevel: 'silent' }, 'logLevel'],
    // A newer format is refused instead of guessed at.
    [{ format: 2 }, 'format'],
  ])('names the path of what is wrong: %o', (fields, path) => {
    const parsed = parsePolicy({ format: 1, ...fields });
    expect(parsed.ok ? undefined : parsed.error.path).toBe(path);
  });

  it('lets the page reach the webhooks’ origins and the endpoint, each named once, and no others', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const origins = connectOrigins(policy);
        expect(new Set(origins)).toEqual(
          new Set(
            [...policy.webhookOrigins, ...policy.learnerOrigins, policy.syncEndpoint].filter(
              (origin) => origin !== undefined,
            ),
          ),
        );
        expect(contentSecurityPolicy(origins)).toContain(
          `${["connect-src 'self'", ...new Set(origins)].join(' ')}; style-src`,
        );
      }),
    );
  });
});

describe('restrictConfiguration', () => {
  it('never makes a configuration less strict, and never leaves it less strict than the policy', () => {
    fc.assert(
      fc.property(anyConfiguration, anyPolicy, (wanted, policy) => {
        const left = restrictConfiguration(wanted, policy, BUILT_IN);
        const before = laxness(wanted);
        laxness(left).forEach((lax, index) => {
          expect(lax).toBeLessThanOrEqual(before[index] ?? Number.NaN);
        });
        expect(left.learning.dataManager.retentionDays).toBeLessThanOrEqual(
          policy.retentionDaysMaximum ?? 3_650,
        );
        expect(levels.indexOf(effectiveLogLevel(left))).toBeGreaterThanOrEqual(
          levels.indexOf(policy.logLevel),
        );
        for (const [name, { enabled }] of Object.entries(left.learning.learners))
          expect(enabled && !isLearnerAllowed(policy, name, BUILT_IN)).toBe(false);
      }),
    );
  });

  it('leaves everything that a policy is not about as it was, and is done after one time', () => {
    fc.assert(
      fc.property(anyConfiguration, anyPolicy, (wanted, policy) => {
        const left = restrictConfiguration(wanted, policy, BUILT_IN);
        expect(left).toMatchObject({
          security: wanted.security,
          performance: wanted.performance,
          monitoring: wanted.monitoring,
        });
        expect(restrictConfiguration(left, policy, BUILT_IN)).toEqual(left);
        expect(restrictConfiguration(wanted, defaultPolicy, BUILT_IN)).toEqual(wanted);
      }),
    );
  });

  it('never makes settings less strict, and keeps data for the fewest days that anybody says', () => {
    const days = fc.integer({ min: 1, max: 3_650 });
    fc.assert(
      fc.property(anyConfiguration, anyPolicy, days, (configuration, policy, retentionDays) => {
        const settings = { ...defaultSettings, privacy: { ...defaultSettings.privacy, retentionDays } };
        const limit = policy.retentionDaysMaximum ?? 3_650;
        const left = restrictSettings(settings, policy);
        expect(left.privacy.retentionDays).toBe(Math.min(retentionDays, limit));
        expect({ ...left, privacy: settings.privacy }).toEqual(settings);
        expect(effectiveRetentionDays(configuration, settings, policy)).toBe(
          Math.min(retentionDays, limit, configuration.learning.dataManager.retentionDays),
        );
      }),
    );
  });

  it('deletes nothing because a policy could not be read', () => {
    const left = restrictConfiguration(defaultConfiguration, strictestPolicy, BUILT_IN);
    expect(left.learning.dataManager.retentionDays).toBe(365);
    expect(strictestPolicy).toMatchObject({
      webhookOrigins: [],
      learnerOrigins: [],
      requirePassphrase: true,
      allowPlugins: false,
    });
    expect(connectOrigins(strictestPolicy)).toEqual([]);
  });
});
