import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config';

describe('the configuration of the endpoint', () => {
  test('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      ok: true,
      value: { host: '127.0.0.1', store: { kind: 'sqlite' }, origins: [], requestsPerMinute: 120 },
    });
  });

  test('reads what is set, and takes an empty variable for one that is not', () => {
    const read = readConfig({
      PORT: '9000',
      DATABASE_URL: 'postgres://echo:secret@db/echo',
      ECHO_ORIGINS: 'https://a.example, https://b.example:8443',
      ECHO_TRUSTED_PROXIES: '10.0.0.0/8,::1',
      REDIS_URL: '',
      HOME: '/root',
      ECHO_POLICY: 'public/policy.json',
    });
    expect(read).toMatchObject({
      ok: true,
      value: {
        port: 9_000,
        store: { kind: 'postgres', url: 'postgres://echo:secret@db/echo' },
        origins: ['https://a.example', 'https://b.example:8443'],
        trustedProxies: ['10.0.0.0/8', '::1'],
      },
    });
    expect(read.ok && 'redisUrl' in read.value).toBe(false);
  });

  test.each([
    [{ PORT: '80a' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '70000' }, 'PORT: must be at most 65535'],
    [{ DATABASE_URL: 'mysql://secret@db' }, 'DATABASE_URL: must be an address that starts with postgres://'],
    [{ ECHO_ORIGINS: 'https://a.example/path' }, 'ECHO_ORIGINS: must be origins'],
    [{ ECHO_ORIGINS: '*' }, 'ECHO_ORIGINS: must be origins'],
    [{ ECHO_TRUSTED_PROXIES: '10.0.0.0/33' }, 'ECHO_TRUSTED_PROXIES: must be addresses or networks'],
    [{ ECHO_METRICS_TOKEN: 'short' }, 'ECHO_METRICS_TOKEN: must have 16 characters'],
    [{ ECHO_LOG_LEVEL: 'loud' }, 'ECHO_LOG_LEVEL: must be debug, info, warn or error'],
    [{ ECHO_ORIGIN: 'https://a.example' }, 'ECHO_ORIGIN: there is no such setting'],
  ])('says what is wrong with %o, and not what was written', (environment, problem) => {
    const read = readConfig(environment);
    if (read.ok) throw new Error('it was taken');
    expect(read.error.problems).toHaveLength(1);
    expect(read.error.problems[0]).toContain(problem);
    expect(read.error.problems[0]).not.toContain('secret');
  });

  test('says everything that is wrong at once', () => {
    const read = readConfig({ PORT: 'x', ECHO_LOG_LEVEL: 'y', ECHO_Z: '1' });
    expect(read.ok ? [] : read.error.problems).toHaveLength(3);
  });
});
