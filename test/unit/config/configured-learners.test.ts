import { describe, expect, it } from 'vitest';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { ConfigManager } from '../../../src/config/config-manager';
import { configurationProfiles } from '../../../src/config/configuration-profiles';
import { defaultPolicy } from '../../../src/config/policy';
import { LearnerRegistry } from '../../../src/learning/learner-registry';
import { memoryStorage } from './memory-storage';

const BUILT_IN = Object.keys(configurationProfiles.production.learning.learners);

function start() {
  const registry = new LearnerRegistry();
  registry.register('pattern', (learnerId) => new PatternLearner(learnerId));
  for (const type of BUILT_IN)
    if (type !== 'pattern') registry.register(type, (learnerId) => new PatternLearner(learnerId));
  registry.register('mine', (learnerId) => new PatternLearner(learnerId));
  return { registry, config: new ConfigManager({ profile: 'production', storage: memoryStorage() }) };
}

describe('the learners of a configuration', () => {
  it('start as they are configured, with parameters of their own', async () => {
    const { registry, config } = start();
    config.set('learning.learners.pattern.learningMode', 'batch');
    config.set('learning.learners.mine.parameters', { maximumPatterns: 3 });
    const started = await registry.start(config.get('learning'));
    expect(started.ok && started.value.map(({ name, learner }) => [name, learner.mode])).toEqual([
      ...BUILT_IN.map((name) => [name, name === 'pattern' ? 'batch' : 'online']),
      ['mine', 'online'],
    ]);
  });

  it('stay off where the operator allows no plugins', async () => {
    const { registry, config } = start();
    config.set('learning.learners.mine.batchSize', 3);
    config.applyPolicy({ ...defaultPolicy, allowPlugins: false });
    const started = await registry.start(config.get('learning'));
    expect(started.ok && started.value.map(({ name }) => name)).toEqual(BUILT_IN);
  });
});
