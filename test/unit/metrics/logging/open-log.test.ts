import { describe, expect, it } from 'vitest';
import { ConfigManager } from '../../../../src/config/config-manager';
import { OpenLog } from '../../../../src/metrics/logging/open-log';
import { manualClock } from '../../../support/manual-clock';
import { memoryStorage } from '../../config/memory-storage';

function start(profile: 'development' | 'production') {
  const storage = memoryStorage();
  const lines: string[] = [];
  const note = (line: string) => void lines.push(line);
  const config = new ConfigManager({ profile, storage });
  const log = new OpenLog({
    configuration: config.configuration,
    storage,
    clock: manualClock(),
    ownWords: ['my-learner'],
    console: { debug: note, info: note, warn: note, error: note },
  });
  config.onChange(() => log.adopt(config.configuration));
  return { config, log, lines };
}

describe('OpenLog', () => {
  it('writes to the console and the file in development, down to the least', () => {
    const { log, lines } = start('development');
    log.logger.component('my-learner').debug('learnt', { samples: 3 });
    expect(lines).toEqual(['1970-01-01T00:00:00.000Z DEBUG my-learner: learnt samples=3']);
    expect(log.file.text()).toBe(`${lines[0]}\n`);
  });

  it('writes JSON to the file alone in production, and no details', () => {
    const { log, lines } = start('production');
    const component = log.logger.component('vault');
    component.debug('opened');
    component.info('locked');
    expect(lines).toEqual([]);
    expect(JSON.parse(log.file.text())).toMatchObject({ level: 'info', message: 'locked' });
  });

  it('follows the configuration at once, with a logger that was handed out before, and keeps what is written', () => {
    const { config, log, lines } = start('production');
    const component = log.logger.component('vault');
    component.info('locked');
    config.set('logging', { ...config.get('logging'), level: 'error', sinks: ['console'] });
    component.warn('refused');
    component.error('failed');
    expect(lines).toHaveLength(1);
    expect(log.file.text().trim().split('\n')).toHaveLength(1);
    config.set('learning.verboseLogging', true);
    component.debug('retried');
    expect(lines).toHaveLength(2);
  });
});
