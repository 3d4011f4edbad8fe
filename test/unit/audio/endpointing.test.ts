import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoUtterances, type EndpointEvent, Endpointer } from '../../../src/audio/endpointing';
import { SAMPLE_RATE_HZ, sampleIndex } from '../../../src/core/units';
import { joined, mixed, noise, silence, vowel } from '../../support/signals';

const options = { hangoverMs: 300, maximumMs: 8_000 };
const word = () => vowel(0.5, 120, [700, 1_200], -20);

function run(samples: Float32Array, chunkSizes: readonly number[] = [128], given = options): EndpointEvent[] {
  const endpointer = new Endpointer(given);
  const events: EndpointEvent[] = [];
  let start = 0;
  for (let turn = 0; start < samples.length; turn += 1) {
    const size = chunkSizes[turn % chunkSizes.length] as number;
    events.push(
      ...endpointer.push({ start: sampleIndex(start), samples: samples.slice(start, start + size) }),
    );
    start += size;
  }
  return events;
}

const ended = (events: readonly EndpointEvent[]) =>
  events.flatMap((event) => (event.kind === 'ended' ? [event] : []));

describe('Endpointer', () => {
  it('cuts two words with a pause between them into two utterances, edges intact', () => {
    const stream = mixed(joined(silence(1), word(), silence(1), word(), silence(1)), noise(4, -65));
    const utterances = ended(run(stream));
    expect(utterances).toHaveLength(2);
    for (const [index, { start, utterance }] of utterances.entries()) {
      const wordStart = (1 + index * 1.5) * SAMPLE_RATE_HZ;
      expect(start).toBeLessThan(wordStart - 0.1 * SAMPLE_RATE_HZ);
      expect(start + utterance.samples.length).toBeGreaterThan(wordStart + 0.6 * SAMPLE_RATE_HZ);
      expect(utterance.endedBy).toBe('silence');
    }
  });

  it('keeps one utterance together over a pause shorter than the hangover', () => {
    const stream = mixed(joined(silence(1), word(), silence(0.2), word(), silence(1)), noise(3.2, -65));
    expect(ended(run(stream))).toHaveLength(1);
    expect(ended(run(stream, [128], { ...options, hangoverMs: 120 }))).toHaveLength(2);
  });

  it('announces, while the silence lasts, the very utterance that it brings at the end of it', () => {
    const stream = mixed(joined(silence(1), word(), silence(1), word(), silence(1)), noise(4, -65));
    const events = run(stream).filter(({ kind }) => kind === 'paused' || kind === 'ended');
    expect(events.map(({ kind }) => kind)).toEqual(['paused', 'ended', 'paused', 'ended']);
    const utterances = events.map((event) => ('utterance' in event ? event.utterance : undefined));
    expect(utterances[1]).toBe(utterances[0]);
    expect(utterances[3]).toBe(utterances[2]);
  });

  it('brings a longer utterance than it announced when speech goes on after the silence', () => {
    const stream = mixed(joined(silence(1), word(), silence(0.25), word(), silence(1)), noise(3.25, -65));
    const events = run(stream).filter(({ kind }) => kind === 'paused' || kind === 'ended');
    expect(events.map(({ kind }) => kind)).toEqual(['paused', 'paused', 'ended']);
    const [first, second, last] = events.map((event) => ('utterance' in event ? event.utterance : undefined));
    expect(last).toBe(second);
    expect(last?.samples.length).toBeGreaterThan((first?.samples.length ?? 0) + 0.7 * SAMPLE_RATE_HZ);
  });

  it('hears speech over a loud steady background, and nothing in the background alone', () => {
    const background = noise(6, -38);
    expect(ended(run(background))).toHaveLength(0);
    const stream = mixed(joined(silence(3), word(), silence(2.5)), background);
    expect(ended(run(stream))).toHaveLength(1);
  });

  it('is not misled by digital silence at the start of a stream: the room after it is no speech', () => {
    for (const roomDb of [-60, -50, -40]) {
      const events = run(joined(silence(0.3), noise(3, roomDb)));
      expect(events.filter((event) => event.kind === 'started')).toHaveLength(0);
    }
  });

  it('dismisses a click', () => {
    const click = noise(0.02, -6);
    const stream = mixed(joined(silence(1), click, silence(1)), noise(2.02, -70));
    expect(ended(run(stream))).toHaveLength(0);
  });

  it('cuts endless sound at the maximum', () => {
    const stream = joined(silence(0.5), vowel(3, 120, [700, 1_200], -20), silence(0.5));
    const [first] = ended(run(stream, [160], { hangoverMs: 300, maximumMs: 1_000 }));
    expect(first?.utterance.endedBy).toBe('limit');
    expect(first?.utterance.samples.length).toBe(SAMPLE_RATE_HZ);
  });

  it('gives the same events for any chunking', () => {
    const stream = mixed(joined(silence(0.4), word(), silence(0.6)), noise(1.5, -60));
    const reference = run(stream, [160]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        expect(run(stream, sizes)).toEqual(reference);
      }),
      { numRuns: 20 },
    );
  });
});

describe('cutIntoUtterances', () => {
  it('ends an utterance that reaches the end of the recording', () => {
    expect(cutIntoUtterances(joined(silence(0.5), word()), options)).toHaveLength(1);
  });
});
