import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PhraseId } from '../../src/core/ids';
import type { ActionSpec, Echo, Interaction } from '../../src/echo';
import { startEcho } from './support/start-echo';
import { until } from './support/until';

/** The whole engine without the page: real workers, real vault, built-in voices instead of a microphone. */

async function teach(echo: Echo, phrase: string, action: ActionSpec): Promise<PhraseId> {
  const clips = echo.state.samples.filter((sample) => sample.phrase === phrase && sample.use === 'teach');
  const drafts = [];
  for (const clip of clips) {
    const take = await echo.phrases.sampleTake(clip.id);
    if (!take.ok) throw new Error(`no take from ${clip.id}`);
    drafts.push(take.value.id);
  }
  expect(drafts.length).toBeGreaterThanOrEqual(3);
  const saved = await echo.phrases.save({ name: phrase, action, drafts });
  if (!saved.ok) throw new Error(saved.error.kind);
  return saved.value;
}

async function say(echo: Echo, phrase: string): Promise<Interaction> {
  const clip = echo.state.samples.find((sample) => sample.phrase === phrase && sample.use === 'say');
  if (clip === undefined) throw new Error(`no clip of ${phrase}`);
  const before = echo.state.history[0]?.id;
  await echo.talk.saySample(clip.id);
  const heard = await until(() => {
    const [newest] = echo.state.history;
    return newest?.id !== before && echo.state.answer?.stage !== 'acting' && newest;
  }, `an answer to ${phrase}`);
  return heard;
}

let echo: Echo;

beforeEach(async () => {
  echo = startEcho();
  await until(() => echo.state.samples.length > 0, 'samples');
  if (echo.state.vault.kind !== 'absent') await echo.vault.destroy();
  const created = await echo.vault.create('convenience');
  expect(created.ok).toBe(true);
});

afterEach(async () => {
  await echo.vault.destroy();
  echo.close();
});

describe('Echo, end to end in workers', () => {
  it('is taught three phrases, recognises each, and does what is attached', async () => {
    await teach(echo, 'good morning', { kind: 'note', text: 'The day began' });
    await teach(echo, 'tea timer', { kind: 'timer', label: 'Tea', durationSeconds: 180 });
    const lights = await teach(echo, 'lights out', { kind: 'none' });

    const morning = await say(echo, 'good morning');
    expect(morning.recognition.outcome).toBe('accepted');
    expect(echo.state.notes.map(({ text }) => text)).toEqual(['The day began']);

    await say(echo, 'tea timer');
    expect(echo.state.timers.map(({ label }) => label)).toEqual(['Tea']);

    expect((await say(echo, 'lights out')).phraseId).toBe(lights);
    expect(echo.state.history).toHaveLength(3);
  });

  it('takes an action back', async () => {
    await teach(echo, 'good morning', { kind: 'note', text: 'Undo me' });
    const heard = await say(echo, 'good morning');
    expect(echo.state.notes).toHaveLength(1);
    await echo.talk.undo(heard.id);
    expect(echo.state.notes).toHaveLength(0);
    expect(echo.state.history[0]?.action).toEqual({ kind: 'undone' });
  });

  it('learns from a correction at once: the same sound is then the other phrase', async () => {
    const morning = await teach(echo, 'good morning', { kind: 'note', text: 'Wrong' });
    const heard = await say(echo, 'good morning');
    expect(heard.phraseId).toBe(morning);
    const corrected = await echo.talk.correct(heard.id, { kind: 'new-phrase', name: 'wake the house' });
    if (!corrected.ok) throw new Error(corrected.error.kind);
    expect(corrected.value.learnedMs).toBeGreaterThan(0);
    expect(echo.state.notes).toHaveLength(0);
    const again = await say(echo, 'good morning');
    const wake = echo.state.phrases.find(({ name }) => name === 'wake the house');
    expect(again.recognition.candidates[0]?.phraseId).toBe(wake?.id);
  });

  it('warns of a clash when the same sound is taught under another name', async () => {
    const tea = await teach(echo, 'tea timer', { kind: 'none' });
    await teach(echo, 'lights out', { kind: 'none' });
    const take = await echo.phrases.sampleTake('en-tea-timer-teach-1');
    if (!take.ok) throw new Error('no take');
    const [closest] = await echo.phrases.clashes([take.value.id]);
    expect(closest?.phraseId).toBe(tea);
    expect(closest?.similarity).toBeGreaterThan(0.5);
  });

  it('asks for more of a phrase with a single recording, and for nothing while all is well known', async () => {
    await teach(echo, 'good morning', { kind: 'none' });
    await teach(echo, 'lights out', { kind: 'none' });
    const before = await echo.phrases.nextRecordings();
    expect(before.ok && before.value.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
    const take = await echo.phrases.sampleTake('en-tea-timer-teach-1');
    if (!take.ok) throw new Error('no take');
    const tea = await echo.phrases.save({ name: 'tea', action: { kind: 'none' }, drafts: [take.value.id] });
    const asked = await echo.phrases.nextRecordings();
    if (!asked.ok || !tea.ok) throw new Error('no answer');
    expect(asked.value[0]?.phraseId).toBe(tea.value);
    expect(asked.value[0]?.reasons[0]).toEqual({ kind: 'only-one-take' });
  });

  it('tells of two phrases that are the same to the ear', async () => {
    const tea = await teach(echo, 'tea timer', { kind: 'none' });
    const drafts = [];
    for (const clip of echo.state.samples.filter(
      ({ phrase, use }) => phrase === 'tea timer' && use === 'teach',
    )) {
      const take = await echo.phrases.sampleTake(clip.id);
      if (take.ok) drafts.push(take.value.id);
    }
    const twin = await echo.phrases.save({ name: 'twin', action: { kind: 'none' }, drafts });
    const advice = await echo.phrases.pronunciationAdvice();
    if (!advice.ok || !twin.ok) throw new Error('no answer');
    expect(advice.value[0]?.kind).toBe('similar-pair');
    expect(advice.value[0]).toMatchObject({ phraseIds: [tea, twin.value].sort() });
  });

  it('tells what the voice rests on and its usual pitch, and stops when nobody wants to know any more', async () => {
    await teach(echo, 'good morning', { kind: 'none' });
    await teach(echo, 'lights out', { kind: 'none' });
    await say(echo, 'good morning');
    const report = await echo.talk.voiceReport(new AbortController().signal);
    if (!report.ok || report.value === undefined) throw new Error('no report');
    const { takes, pitchRangeHz, latest } = report.value;
    expect(takes).toBeGreaterThanOrEqual(6);
    expect(pitchRangeHz?.[0]).toBeGreaterThan(50);
    expect(latest?.comparison.pace).not.toBe('not-known-yet');
    const leaving = new AbortController();
    const unwanted = echo.talk.voiceReport(leaving.signal);
    leaving.abort();
    expect(await unwanted).toEqual({ ok: true, value: undefined });
  });

  it('remembers everything after the vault was locked and opened again', async () => {
    await teach(echo, 'good morning', { kind: 'note', text: 'Still here' });
    await say(echo, 'good morning');
    await echo.vault.lock();
    expect(echo.state.phrases).toEqual([]);
    expect(echo.state.notes).toEqual([]);
    expect((await echo.vault.unlock('')).ok).toBe(true);
    expect(echo.state.phrases[0]?.takes).toHaveLength(3);
    expect(echo.state.history).toHaveLength(1);
    expect((await say(echo, 'good morning')).recognition.outcome).toBe('accepted');
  });

  it('tunes the encoder in the background, says what it is worth, and forgets it with a recording', async () => {
    const names = ['good morning', 'tea timer', 'lights out'];
    const taught: PhraseId[] = [];
    // Thirty recordings, by teaching the same ones again: what is asked for is the encoder's part, not the phrases.
    for (let turn = 0; turn < 10; turn += 1) {
      taught.push(await teach(echo, names[turn % names.length] ?? 'good morning', { kind: 'none' }));
    }
    const tuning = await until(
      () => echo.state.tuning.kind === 'trained' && echo.state.tuning,
      'a tuned encoder',
      60_000,
    );
    expect(tuning.fusedAccuracy).toBeGreaterThanOrEqual(tuning.acousticAccuracy);
    const models = async (): Promise<number> => {
      await echo.vault.refreshStatus();
      return echo.state.vault.kind === 'open' ? echo.state.vault.counts.models : -1;
    };
    expect(await models()).toBe(1);
    await echo.phrases.delete(taught[0] as PhraseId);
    expect(await models()).toBe(0);
  }, 90_000);
});
