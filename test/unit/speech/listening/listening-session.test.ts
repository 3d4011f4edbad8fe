import { describe, expect, it } from 'vitest';
import type { Utterance } from '../../../../src/audio/utterance';
import { ListeningSession } from '../../../../src/speech/listening/listening-session';
import { joined, mixed, noise, silence, vowel } from '../../../support/signals';

const RATE_HZ = 48_000;
const ROOM_DB = -70;

function room(seconds: number): Float32Array {
  return noise(seconds * 3, ROOM_DB);
}

/** A word as a microphone at 48 kHz delivers it: every 16 kHz sample three times is close enough here. */
function at48k(samples: Float32Array): Float32Array {
  return Float32Array.from(
    { length: samples.length * 3 },
    (_, index) => samples[Math.floor(index / 3)] as number,
  );
}

const word = at48k(vowel(0.6, 140, [600, 1_100], -18));

function session() {
  const events: string[] = [];
  const utterances: Utterance[] = [];
  const pauses: Utterance[] = [];
  const listening = new ListeningSession({
    endpointing: { hangoverMs: 300, maximumMs: 8_000 },
    onEvent: (event) => {
      if (event.kind !== 'level') events.push(event.kind);
    },
    onPause: (utterance) => pauses.push(utterance),
    onUtterance: (utterance) => utterances.push(utterance),
  });
  listening.begin(RATE_HZ);
  const play = (samples: Float32Array): void => {
    for (let start = 0; start < samples.length; start += 960)
      listening.push(samples.slice(start, start + 960));
  };
  return { listening, events, utterances, pauses, play };
}

const inRoom = (...parts: Float32Array[]): Float32Array => {
  const stream = joined(...parts);
  return mixed(stream, room(stream.length / RATE_HZ));
};

describe('ListeningSession', () => {
  it('hands-free: gives every utterance, one after another', () => {
    const { listening, events, utterances, play } = session();
    listening.listen('hands-free');
    play(inRoom(silence(3), word, silence(3), word, silence(3)));
    expect(utterances).toHaveLength(2);
    expect(events).toEqual(['speech-started', 'speech-ended', 'speech-started', 'speech-ended']);
  });

  it('hands-free: tells of each utterance before the hangover is over; nothing while nobody asked', () => {
    const { listening, utterances, pauses, play } = session();
    play(inRoom(silence(3), word, silence(3)));
    expect(pauses).toEqual([]);
    listening.listen('hands-free');
    play(inRoom(word, silence(3), word, silence(3)));
    expect(pauses).toHaveLength(2);
    expect(utterances[0]).toBe(pauses[0]);
    expect(utterances[1]).toBe(pauses[1]);
  });

  it('single: stops after one utterance', () => {
    const { listening, utterances, play } = session();
    listening.listen('single');
    play(inRoom(silence(3), word, silence(3), word, silence(3)));
    expect(utterances).toHaveLength(1);
  });

  it('push-to-talk: keeps everything between press and release, a pause included, and a little before', () => {
    const { listening, utterances, pauses, play } = session();
    play(inRoom(silence(2)));
    listening.listen('push-to-talk');
    play(inRoom(word, silence(2), word));
    expect(utterances).toHaveLength(0);
    listening.release();
    play(inRoom(silence(1)));
    expect(utterances).toHaveLength(1);
    expect(pauses).toEqual([]);
    const heldSeconds = (utterances[0]?.samples.length ?? 0) / 16_000;
    expect(heldSeconds).toBeGreaterThan(1.86 + 0.2);
    expect(heldSeconds).toBeLessThan(1.86 + 0.6);
    expect(utterances[0]?.endedBy).toBe('release');
  });

  it('push-to-talk: is cut at the longest utterance', () => {
    const { listening, utterances, play } = session();
    listening.listen('push-to-talk');
    play(inRoom(silence(27)));
    expect(utterances[0]?.endedBy).toBe('limit');
    expect((utterances[0]?.samples.length ?? 0) / 16_000).toBeCloseTo(8, 0);
  });

  it('says nothing, and keeps nothing, while nobody asked it to listen', () => {
    const { events, utterances, play } = session();
    play(inRoom(silence(3), word, silence(3)));
    expect(events).toEqual([]);
    expect(utterances).toEqual([]);
  });

  it('hands-free: what was being said before it was asked to listen is not delivered', () => {
    const { listening, utterances, play } = session();
    play(inRoom(silence(3), word, word));
    listening.listen('hands-free');
    play(inRoom(silence(3)));
    expect(utterances).toEqual([]);
    play(inRoom(word, silence(3)));
    expect(utterances).toHaveLength(1);
  });

  it('single: a bump does not end the recording', () => {
    const { listening, events, utterances, play } = session();
    listening.listen('single');
    play(inRoom(silence(3), at48k(vowel(0.05, 140, [600], -18)), silence(3), word, silence(3)));
    expect(events).toEqual(['speech-started', 'speech-dismissed', 'speech-started', 'speech-ended']);
    expect(utterances).toHaveLength(1);
  });

  it('reports a dead track once, within two seconds, and again after it revived and died', () => {
    const { events, play } = session();
    play(silence(2 * 3));
    expect(events).toEqual(['fault']);
    play(silence(2 * 3));
    expect(events).toEqual(['fault']);
    play(inRoom(silence(1)));
    play(silence(2 * 3));
    expect(events).toEqual(['fault', 'fault']);
  });

  it('single: gives up when nothing is said for a long time', () => {
    const { listening, events, play } = session();
    listening.listen('single');
    play(inRoom(silence(13 * 3)));
    expect(events).toEqual(['nothing-heard']);
  });
});
