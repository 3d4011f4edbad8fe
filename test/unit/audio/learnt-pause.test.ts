import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Endpointer } from '../../../src/audio/endpointing';
import { type HeardPauses, innerPausesMs, LearntPause, PauseWatch } from '../../../src/audio/learnt-pause';
import { seededRandom } from '../../../src/core/random';
import { sampleIndex } from '../../../src/core/units';
import { joined, mixed, noise, silence, vowel } from '../../support/signals';

const beat = (seconds = 0.3) => vowel(seconds, 120, [700, 1_200], -20);
const inRoom = (...parts: readonly Float32Array[]) => {
  const samples = joined(...parts);
  return mixed(samples, noise(samples.length / 16_000, -65));
};

function watched(samples: Float32Array, hangoverMs: number, chunk = 160): HeardPauses[] {
  const endpointer = new Endpointer({ hangoverMs, maximumMs: 8_000 });
  const watch = new PauseWatch();
  const heard: HeardPauses[] = [];
  for (let start = 0; start < samples.length; start += chunk)
    heard.push(
      ...watch.push(
        endpointer.push({ start: sampleIndex(start), samples: samples.slice(start, start + chunk) }),
      ),
    );
  return [...heard, ...watch.push(endpointer.flush())];
}

type Observed = { readonly kind: 'utterance' | 'cut-off'; readonly pauseMs: number };

function pauseAfter(startMs: number, observed: readonly Observed[]): LearntPause {
  const pause = new LearntPause(startMs);
  for (const { kind, pauseMs } of observed)
    if (kind === 'cut-off') pause.observeCutOff(pauseMs);
    else pause.observeUtterance([pauseMs / 2, pauseMs]);
  return pause;
}

const observations = fc.array(
  fc.record({
    kind: fc.constantFrom('utterance' as const, 'cut-off' as const),
    pauseMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  }),
  { maxLength: 200 },
);

describe('LearntPause', () => {
  it('stays between 200 and 1500 ms whatever it is told', () => {
    const wild = fc.array(fc.double(), { maxLength: 100 });
    fc.assert(
      fc.property(fc.double(), wild, (startMs, pausesMs) => {
        const pause = new LearntPause(Number.isNaN(startMs) ? 300 : startMs);
        for (const [index, pauseMs] of pausesMs.entries())
          if (index % 2 === 0) pause.observeCutOff(pauseMs);
          else pause.observeUtterance([pauseMs]);
        expect(pause.hangoverMs).toBeGreaterThanOrEqual(200);
        expect(pause.hangoverMs).toBeLessThanOrEqual(1_500);
      }),
    );
  });

  it('never gets shorter for longer pauses, nor for a longer start', () => {
    fc.assert(
      fc.property(
        observations,
        fc.integer({ min: 200, max: 1_500 }),
        fc.nat(1_000),
        fc.nat(5_000),
        (observed, startMs, later, longer) => {
          const stretched = observed.map(({ kind, pauseMs }, index) => ({
            kind,
            pauseMs: pauseMs + (index % 3 === 0 ? longer : 0),
          }));
          const reference = pauseAfter(startMs, observed).snapshot().hangoverMs;
          expect(pauseAfter(startMs + later, stretched).snapshot().hangoverMs).toBeGreaterThanOrEqual(
            reference - 1e-9,
          );
        },
      ),
    );
  });

  it('moves slowly: by a bounded step, up faster than down', () => {
    fc.assert(
      fc.property(observations, fc.double({ min: 0, max: 1e9, noNaN: true }), (observed, pauseMs) => {
        const before = pauseAfter(300, observed);
        const next = pauseAfter(300, observed);
        next.observeCutOff(pauseMs);
        const ratio = next.snapshot().hangoverMs / before.snapshot().hangoverMs;
        expect(ratio).toBeLessThan(1.28);
        expect(ratio).toBeGreaterThan(0.99);
      }),
    );
  });

  it('starts at the default, and is back there when it forgets', () => {
    const pause = new LearntPause(300);
    expect(pause.hangoverMs).toBe(300);
    for (let n = 0; n < 5; n += 1) pause.observeCutOff(900);
    expect(pause.hangoverMs).toBeGreaterThan(600);
    pause.forget();
    expect(pause.snapshot()).toEqual({ version: 1, hangoverMs: 300, utterances: 0, cutOffs: 0 });
  });

  it('gets longer when the person says they were cut off, without a word on the pause', () => {
    const pause = new LearntPause(300);
    pause.observeCutOff();
    expect(pause.hangoverMs).toBeGreaterThan(350);
  });

  it('settles where about three pauses in a hundred are longer', () => {
    const random = seededRandom(3);
    const pause = new LearntPause(300);
    const durations: number[] = [];
    for (let n = 0; n < 6_000; n += 1) {
      const pauseMs = 250 + 400 * random();
      if (n > 2_000) durations.push(pause.hangoverMs - pauseMs);
      pause.observeUtterance([pauseMs]);
    }
    const tooLong = durations.filter((spare) => spare < 0).length / durations.length;
    expect(tooLong).toBeLessThan(0.05);
    expect(pause.hangoverMs).toBeLessThan(850);
  });

  it('goes on from a snapshot, in JSON, to the last bit, and refuses a damaged one', () => {
    fc.assert(
      fc.property(observations, observations, (first, second) => {
        const whole = pauseAfter(300, [...first, ...second]);
        const restored = new LearntPause(700);
        const stored: unknown = JSON.parse(JSON.stringify(pauseAfter(300, first).snapshot()));
        expect(restored.restore(stored).ok).toBe(true);
        for (const { kind, pauseMs } of second)
          if (kind === 'cut-off') restored.observeCutOff(pauseMs);
          else restored.observeUtterance([pauseMs / 2, pauseMs]);
        expect(restored.snapshot()).toEqual(whole.snapshot());
      }),
      { numRuns: 50 },
    );
    const pause = new LearntPause(300);
    for (const damaged of [
      undefined,
      {},
      { ...pause.snapshot(), hangoverMs: 20 },
      { ...pause.snapshot(), version: 2 },
    ])
      expect(pause.restore(damaged)).toMatchObject({ ok: false, error: { kind: 'bad-snapshot' } });
    expect(pause.hangoverMs).toBe(300);
  });
});

describe('PauseWatch', () => {
  it('measures the pauses inside an utterance', () => {
    const [heard, ...others] = watched(
      inRoom(silence(0.5), beat(), silence(0.2), beat(), silence(0.4), beat(), silence(1)),
      600,
    );
    expect(others).toHaveLength(0);
    expect(heard?.endedBy).toBe('silence');
    expect(heard?.resumedAfterMs).toBeUndefined();
    const [first = 0, second = 0] = heard?.pausesMs ?? [];
    expect(heard?.pausesMs).toHaveLength(2);
    expect(Math.abs(first - 200)).toBeLessThanOrEqual(50);
    expect(Math.abs(second - 400)).toBeLessThanOrEqual(50);
  });

  it('notices that the person went on soon after silence ended the utterance, and how long they had paused', () => {
    const heard = watched(inRoom(silence(0.5), beat(), silence(0.7), beat(), silence(1)), 300);
    expect(heard).toHaveLength(2);
    expect(Math.abs((heard[1]?.resumedAfterMs ?? 0) - 700)).toBeLessThanOrEqual(60);
  });

  it('takes what comes later for something new, and a click for nothing', () => {
    const later = watched(inRoom(silence(0.5), beat(), silence(2.5), beat(), silence(1)), 300);
    expect(later.map(({ resumedAfterMs }) => resumedAfterMs)).toEqual([undefined, undefined]);
    const click = watched(inRoom(silence(0.5), beat(), silence(0.8), noise(0.05, -10), silence(1)), 300);
    expect(click).toHaveLength(1);
  });

  it('hears the same for any chunking', () => {
    const samples = inRoom(silence(0.5), beat(), silence(0.7), beat(), silence(0.2), beat(), silence(1));
    const reference = watched(samples, 300);
    for (const chunk of [1, 128, 999]) expect(watched(samples, 300, chunk)).toEqual(reference);
  });
});

describe('innerPausesMs', () => {
  it('finds the pauses in a finished utterance, and none in one without', () => {
    const [pauseMs, ...others] = innerPausesMs(
      inRoom(silence(0.25), beat(), silence(0.9), beat(), silence(0.2)),
    );
    expect(others).toHaveLength(0);
    expect(Math.abs((pauseMs ?? 0) - 900)).toBeLessThanOrEqual(60);
    expect(innerPausesMs(inRoom(silence(0.25), beat(0.6), silence(0.2)))).toEqual([]);
    expect(innerPausesMs(new Float32Array())).toEqual([]);
  });
});

describe('a person talking hands-free', () => {
  /** Says two beats with a pause, forty times, to an endpointer whose hangover is learnt. */
  function talk(pauseSeconds: () => number): { cutOffs: boolean[]; hangoversMs: number[] } {
    const pause = new LearntPause(300);
    const endpointer = new Endpointer({ hangoverMs: pause.hangoverMs, maximumMs: 8_000 });
    const watch = new PauseWatch();
    const cutOffs: boolean[] = [];
    const hangoversMs: number[] = [];
    let position = 0;
    for (let n = 0; n < 40; n += 1) {
      const samples = inRoom(silence(2), beat(), silence(pauseSeconds()), beat(), silence(2));
      const heard = watch.push(endpointer.push({ start: sampleIndex(position), samples }));
      position += samples.length;
      const isCutOff = heard.length > 1;
      cutOffs.push(isCutOff);
      for (const { resumedAfterMs, pausesMs } of heard)
        if (resumedAfterMs !== undefined) pause.observeCutOff(resumedAfterMs);
        else if (!isCutOff) pause.observeUtterance(pausesMs);
      hangoversMs.push(pause.hangoverMs);
      endpointer.configure({ hangoverMs: pause.hangoverMs, maximumMs: 8_000 });
    }
    return { cutOffs, hangoversMs };
  }
  const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;

  it('who speaks slowly stops being cut off', () => {
    const random = seededRandom(1);
    const { cutOffs } = talk(() => 0.35 + 0.3 * random());
    expect(count(cutOffs.slice(0, 8))).toBeGreaterThanOrEqual(3);
    expect(count(cutOffs.slice(-20))).toBeLessThanOrEqual(2);
  });

  it('who speaks fast gets faster answers, and is never cut off', () => {
    const { cutOffs, hangoversMs } = talk(() => 0.07);
    expect(count(cutOffs)).toBe(0);
    expect(hangoversMs.at(-1)).toBeLessThan(240);
  });
});
