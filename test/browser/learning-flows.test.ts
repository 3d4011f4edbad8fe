import { wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LearningAgent } from '../../src/agents/learning/learning-agent';
import type { BehaviourContract } from '../../src/bridge/behaviour-contract';
import type { VaultContract } from '../../src/bridge/vault-contract';
import { vaultWorkerName } from '../../src/bridge/vault-worker-name';
import { systemClock } from '../../src/core/clock';
import { newId, type UserId } from '../../src/core/ids';
import type { Echo, EchoAddresses, LearningEvent } from '../../src/echo';
import type { LearningStore, NewLearningData } from '../../src/vault/learning-data/learning-store';
import behaviourWorker from '../../workers/behaviour.worker.ts?worker&url';
import vaultWorker from '../../workers/vault.worker.ts?worker&url';
import { startEcho } from './support/start-echo';

/** The learning flows through real workers, a real vault and a real learner. */

let restarts = 0;

function startTestEcho(addresses: Partial<EchoAddresses> = {}): Echo {
  const restart = () => {
    restarts += 1;
  };
  return startEcho(addresses, { profile: 'test', restart });
}

const CRASH = 'crash the behaviour worker';

/** The same worker, which throws where nobody catches it when it is told to. */
function crashable(url: string): string {
  const script = `
    import ${JSON.stringify(new URL(url, location.href).href)};
    new BroadcastChannel(${JSON.stringify(CRASH)}).onmessage = () => { throw new Error('crashed'); };
  `;
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

function viewed(view: Awaited<ReturnType<Echo['learning']['debugView']>>) {
  return view.ok ? view.value.learners : [];
}

async function until<T>(read: () => T | undefined | false, what: string): Promise<T> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for: ${what}`);
}

async function opened(echo: Echo): Promise<Echo> {
  await until(() => echo.state.samples.length > 0, 'samples');
  if (echo.state.vault.kind === 'open') await echo.vault.destroy();
  const created = await echo.vault.create('convenience');
  if (!created.ok) throw new Error(created.error.kind);
  // The profile is there as soon as there is something to analyse about it.
  await until(() => echo.state.vault.kind === 'open' && echo.state.memory === undefined, 'an open vault');
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if ((await echo.learning.patterns()).ok) return echo;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('no profile');
}

/** Everything that happens from now on. */
function eventsOf(echo: Echo): {
  readonly events: LearningEvent[];
  of(type: LearningEvent['type']): LearningEvent[];
} {
  const events: LearningEvent[] = [];
  echo.learning.onEvent((event) => events.push(event));
  // Every learner tells of itself; one is enough to follow.
  const isFollowed = ({ payload }: LearningEvent): boolean =>
    !('learnerId' in payload) || payload.learnerId === undefined || payload.learnerId === 'pattern';
  return { events, of: (type) => events.filter((event) => event.type === type && isFollowed(event)) };
}

async function teach(echo: Echo, phrase: string): Promise<void> {
  const drafts = [];
  for (const clip of echo.state.samples.filter(
    ({ phrase: said, use }) => said === phrase && use === 'teach',
  )) {
    const take = await echo.phrases.sampleTake(clip.id);
    if (take.ok) drafts.push(take.value.id);
  }
  const saved = await echo.phrases.save({ name: phrase, action: { kind: 'note', text: 'A secret' }, drafts });
  expect(saved.ok).toBe(true);
}

async function say(echo: Echo, phrase: string): Promise<void> {
  const clip = echo.state.samples.find(({ phrase: said, use }) => said === phrase && use === 'say');
  const before = echo.state.history[0]?.id;
  await echo.talk.saySample(clip?.id ?? '');
  await until(
    () => echo.state.history[0]?.id !== before && echo.state.answer?.stage !== 'acting',
    `an answer to ${phrase}`,
  );
}

let echo: Echo;

beforeEach(async () => {
  restarts = 0;
  echo = await opened(startTestEcho());
});

afterEach(async () => {
  await echo.vault.destroy();
  echo.close();
  localStorage.clear();
});

describe('what happens when somebody talks to Echo', () => {
  it('is stored, learnt from and analysed, each on its own', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => echo.state.patterns?.interactions === 1, 'an analysis');
    await until(() => seen.of('model-updated').length > 0, 'a stored model');
    expect(seen.of('user-interaction')).toHaveLength(1);
    expect(seen.of('data-stored')).toHaveLength(1);
    expect(seen.of('learning-completed')[0]?.payload).toMatchObject({ success: true, samples: 1 });
    expect(seen.of('handler-failed')).toEqual([]);
    expect(echo.state.patterns).toMatchObject({ successRate: 1, byAction: [{ name: 'note', count: 1 }] });
    expect(echo.state.vault.kind === 'open' && echo.state.vault.counts.learningData).toBeDefined();
  });

  it('ends in insights when something was learnt', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    const generated = await until(() => seen.of('insights-generated')[0], 'insights');
    expect(generated.payload).toMatchObject({ learnerId: 'pattern', insights: { totalPatterns: 1 } });
    expect(echo.state.insights[0]?.insights['totalPatterns']).toBe(1);
  });

  it('stores ids and figures, and neither words nor names', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('data-stored').length > 0, 'stored data');
    const told = JSON.stringify(seen.events);
    expect(told).not.toContain('A secret');
    expect(told).not.toContain('good morning');
  });

  it('goes on being stored and analysed when nothing can be learnt', async () => {
    await echo.vault.destroy();
    echo.close();
    echo = await opened(startTestEcho({ behaviourWorker: '/there-is-no-such-worker.js' }));
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => echo.state.patterns?.interactions === 1, 'an analysis');
    const failed = await until(() => seen.of('handler-failed')[0], 'a reported failure');
    expect(failed.payload).toMatchObject({ handler: 'learn-online', reason: 'threw' });
    expect(seen.of('data-stored')).toHaveLength(1);
  });

  it('goes on from what was learnt after the vault was locked and opened', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('model-updated').length === 1, 'a stored model');
    await echo.vault.lock();
    expect(echo.state.patterns).toBeUndefined();
    expect(echo.state.insights).toEqual([]);
    await echo.vault.unlock('');
    // Before anything new is said: what is known comes from the vault.
    await expect
      .poll(async () => (await echo.learning.insights())[0]?.insights['totalPatterns'], { timeout: 10_000 })
      .toBe(1);
    await say(echo, 'good morning');
    await until(() => seen.of('model-updated').length === 2, 'the next model');
    await until(() => echo.state.patterns?.interactions === 2, 'the next analysis');
  });

  it('goes on from what was stored when the behaviour worker crashes', async () => {
    await echo.vault.destroy();
    echo.close();
    echo = await opened(startTestEcho({ behaviourWorker: crashable(behaviourWorker) }));
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('model-updated').length === 1, 'a stored model');
    const [state] = viewed(await echo.learning.debugView());
    expect(state).toMatchObject({ samples: 1, insights: { totalPatterns: 1 } });
    const crash = new BroadcastChannel(CRASH);
    crash.postMessage('now');
    // A fresh worker has learnt nothing itself, and knows what the other one knew.
    await expect
      .poll(async () => viewed(await echo.learning.debugView())[0], { timeout: 10_000 })
      .toMatchObject({ samples: 0, insights: { totalPatterns: 1 } });
    crash.close();
    await say(echo, 'good morning');
    await until(() => seen.of('model-updated').length === 2, 'the next model');
  });

  it('is forgotten when the person wants their habits forgotten', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('model-updated').length === 1, 'a stored model');
    expect(await echo.learning.forgetLearningData()).toEqual({ ok: true, value: 1 });
    expect(await echo.learning.patterns()).toMatchObject({ ok: true, value: { interactions: 0 } });
    const [insights] = await echo.learning.insights();
    expect(insights?.insights['totalPatterns']).toBe(0);
    await echo.vault.refreshStatus();
    expect(echo.state.vault).toMatchObject({ counts: { learningData: 0 } });
    expect(echo.state.phrases).toHaveLength(1);
  });

  it('tells of a correction, and counts it', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('data-stored').length === 1, 'stored data');
    const heard = echo.state.history[0];
    const corrected = await echo.talk.correct(heard?.id ?? newId(), { kind: 'new-phrase', name: 'wake' });
    expect(corrected.ok).toBe(true);
    const told = await until(() => seen.of('correction-received')[0], 'the correction');
    expect(told.payload).toMatchObject({
      subjectId: heard?.id,
      before: { phraseId: heard?.phraseId },
      after: { phraseId: echo.state.phrases.find(({ name }) => name === 'wake')?.id },
    });
    await until(() => echo.state.patterns?.corrections === 1, 'an analysis of it');
    expect(echo.state.patterns?.correctionRate).toBeGreaterThan(0);
  });
});

describe('a correction that breaks what worked', () => {
  it('says so, in the event and in a notice', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await teach(echo, 'tea timer');
    const [morning, tea] = echo.state.phrases;
    expect(morning?.strength?.leaveOneOut).toBe(1);
    let broken: readonly { readonly phraseId: string; readonly takeId: string }[] = [];
    for (let time = 1; time <= 4 && broken.length === 0; time += 1) {
      await say(echo, 'good morning');
      const heard = echo.state.history[0]?.id ?? newId();
      const corrected = await echo.talk.correct(heard, { kind: 'phrase', phraseId: tea?.id ?? newId() });
      if (!corrected.ok) throw new Error(corrected.error.kind);
      broken = corrected.value.broken;
    }
    expect(broken.length).toBeGreaterThan(0);
    const told = seen.of('correction-received').at(-1);
    expect(told?.payload).toMatchObject({ after: { broken } });
    const notice = echo.state.notices.findLast(({ kind }) => kind === 'corrected');
    expect(notice).toMatchObject({ report: { broken } });
    // And it is true: they are no longer recognised.
    const weaker = broken[0]?.phraseId;
    await until(
      () => (echo.state.phrases.find(({ id }) => id === weaker)?.strength?.leaveOneOut ?? 1) < 1,
      'a weaker phrase',
    );
  });
});

describe('what Echo changes about itself', () => {
  it('doubles a cache that is too small once somebody is not content, and takes that back', async () => {
    const seen = eventsOf(echo);
    expect(echo.config.set('learning.dataManager.cacheSize', 1).ok).toBe(true);
    // Chosen like this it would be left alone.
    await until(() => echo.state.keptSettings.length > 0, 'a setting that is kept');
    await echo.learning.allowAdaptation('learning.dataManager.cacheSize');
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('data-stored').length === 2, 'stored data');
    // From here on it is known that the cache is another one.
    await until(() => seen.of('learning-completed').length === 2, 'both learnt');
    // Two records never fit into a cache of one: every look-up misses.
    for (let time = 0; time < 40; time += 1) await echo.learning.patterns();
    // It is looked at while somebody is still content, and known when they no longer are.
    await say(echo, 'good morning');
    await until(() => seen.of('learning-completed').length === 3, 'everything learnt');
    expect(echo.state.adaptations).toEqual([]);
    await echo.talk.undo(echo.state.history[0]?.id ?? newId());
    const applied = await until(() => seen.of('adaptation-applied')[0], 'an adaptation');
    expect(applied.payload).toMatchObject({
      strategy: 'performance',
      applied: 1,
      failed: 0,
      totalImpact: 0.3,
    });
    // `after` is what the vault's cache reports of itself.
    expect(echo.state.adaptations[0]?.action).toMatchObject({
      kind: 'cache-optimization',
      before: { capacity: 1 },
      after: { capacity: 2, ttlSeconds: 3_600 },
    });
    expect(echo.config.get('learning.dataManager.cacheSize')).toBe(2);
    const id = echo.state.adaptations[0]?.id ?? '';
    expect((await echo.learning.revertAdaptation(id)).ok).toBe(true);
    expect(echo.config.get('learning.dataManager.cacheSize')).toBe(1);
    expect(echo.state.adaptations[0]?.state).toMatchObject({ kind: 'reverted', by: 'person' });
  });
});

describe('what a developer sees of it', () => {
  it('counts operations, shows memory, and exports nothing that was said', async () => {
    const seen = eventsOf(echo);
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => seen.of('model-updated').length === 1, 'a stored model');
    const text = await echo.learning.metricsText();
    expect(text).toMatch(/learning_operations_total\{operation_type="learn",status="success"\} [1-9]/);
    expect(text).toMatch(/learning_operations_total\{operation_type="analyse",status="success"\} [1-9]/);
    expect(text).toMatch(/active_learners 7/);
    expect(echo.state.memory?.storage?.usedBytes).toBeGreaterThan(0);
    const view = await echo.learning.debugView();
    expect(view).toMatchObject({ ok: true, value: { data: { dataPoints: 1 } } });
    const exported = await (await echo.learning.exportDebugInfo()).text();
    expect(JSON.parse(exported)).toMatchObject({ dataStatistics: { totalRecords: 1 } });
    for (const secret of ['A secret', 'good morning']) expect(exported).not.toContain(secret);
  });

  it('changes the configuration, and says where a value comes from', async () => {
    expect(echo.config.set('learning.dataManager.cacheSize', 77).ok).toBe(true);
    expect(echo.config.explain('learning.dataManager.cacheSize')).toMatchObject([
      { value: 77, source: 'override' },
    ]);
    echo.config.reset();
  });
});

describe('the whole of it for a new person', () => {
  it('creates a profile, stores, analyses and retrieves', async () => {
    const created = await echo.profiles.create('Test User');
    if (!created.ok) throw new Error(created.error.kind);
    expect((await echo.profiles.switchTo(created.value)).ok).toBe(true);
    expect(restarts).toBe(1);
    echo = await opened(startTestEcho());
    expect(echo.state.profiles.find(({ isCurrent }) => isCurrent)).toMatchObject({
      id: created.value,
      name: 'Test User',
    });
    await teach(echo, 'good morning');
    await say(echo, 'good morning');
    await until(() => echo.state.patterns?.interactions === 1, 'an analysis');
    expect(echo.state.patterns?.userId).toBe(created.value);

    const first = echo.state.profiles[0]?.id ?? created.value;
    expect((await echo.profiles.switchTo(first)).ok).toBe(true);
    echo = startTestEcho();
    await until(() => echo.state.vault.kind === 'open', 'the first vault');
    expect(echo.state.phrases).toEqual([]);

    expect((await echo.profiles.delete(created.value)).ok).toBe(true);
    expect(echo.state.profiles).toHaveLength(1);
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    expect(names.filter((name) => name.includes(created.value))).toEqual([]);
    expect(names.some((name) => name.startsWith('claude-echo-'))).toBe(true);
  });
});

describe('analyses side by side, over a real vault', () => {
  it('answers ten people at one time, each with their own', async () => {
    await echo.vault.lock();
    echo.close();
    const worker = new Worker(vaultWorker, { type: 'module', name: vaultWorkerName('claude-echo') });
    const vault = wrap<VaultContract>(worker);
    await vault.unlock();
    const people = Array.from({ length: 10 }, () => newId<UserId>());
    const rows: NewLearningData[] = people.flatMap((userId, person) =>
      Array.from({ length: 100 }, (_, at) => ({
        userId,
        agentId: 'test',
        dataType: 'user-interaction',
        content: { interactionType: 'voice-command', result: at < person * 10 ? 'success' : 'failure' },
        privacyLevel: 'private' as const,
      })),
    );
    expect((await vault.storeLearningData(rows)).ok).toBe(true);
    const agent = new LearningAgent({
      store: vault as unknown as LearningStore,
      clock: systemClock,
      learnerInsights: async () => [],
      record: () => undefined,
      maxConcurrency: 10,
    });
    const found = await Promise.all(people.map((id) => agent.analyzeUserBehaviorPatterns(id)));
    expect(found.map((each) => each.ok && [each.value.interactions, each.value.successRate])).toEqual(
      people.map((_, person) => [100, person / 10]),
    );
    worker.terminate();
    echo = startTestEcho();
    await until(() => echo.state.vault.kind === 'open', 'the vault');
  });
});

describe('the behaviour worker', () => {
  it('says that nobody’s learners are open before they are', async () => {
    const worker = new Worker(behaviourWorker, { type: 'module' });
    const behaviour = wrap<BehaviourContract>(worker);
    expect(await behaviour.observe([])).toEqual({ ok: false, error: { kind: 'not-open' } });
    expect(await behaviour.states()).toEqual([]);
    worker.terminate();
  });
});
