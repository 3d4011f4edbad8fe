import { describe, expect, it } from 'vitest';
import { TextIntentLearner } from '../../../src/behaviour/intent/text-intent-learner';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { ConfigManager } from '../../../src/config/config-manager';
import { defaultPolicy } from '../../../src/config/policy';
import { LearnerRegistry } from '../../../src/learning/learner-registry';
import { memoryStorage } from './memory-storage';

function start() {
  const registry = new LearnerRegistry();
  registry.register('pattern', (learnerId) => new PatternLearner(learnerId));
  registry.register('mine', (learnerId) => new PatternLearner(learnerId));
  registry.register('text-intent', (learnerId) => new TextIntentLearner(learnerId, async () => undefined));
  return { registry, config: new ConfigManager({ profile: 'production', storage: memoryStorage() }) };
}

describe('the learners of a configuration', () => {
  it('start as they are configured, with parameters of their own', async () => {
    const { registry, config } = start();
    config.set('learning.learners.pattern.learningMode', 'batch');
    config.set('learning.learners.mine.parameters', { maximumPatterns: 3 });
    const started = await registry.start(config.get('learning'));
    expect(started.ok && started.value.map(({ name, learner }) => [name, learner.mode])).toEqual([
      ['pattern', 'batch'],
      ['text-intent', 'online'],
      ['mine', 'online'],
    ]);
  });

  it('stay off where the operator allows no plugins', async () => {
    const { registry, config } = start();
    config.set('learning.learners.mine.batchSize', 3);
    config.applyPolicy({ ...defaultPolicy, allowPlugins: false });
    const started = await registry.start(config.get('learning'));
    expect(started.ok && started.value.map(({ name }) => name)).toEqual(['pattern', 'text-intent']);
  });
});
