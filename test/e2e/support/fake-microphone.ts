import { writeFileSync } from 'node:fs';
import { toPcm16 } from '../../../src/audio/pcm16';
import { SAMPLE_RATE_HZ } from '../../../src/core/units';
import { joined, noise, silence } from '../../support/signals';

/** A room is never digitally silent; Echo takes that for a dead microphone, and rightly. */
const ROOM_DB = -72;

/**
 * The sound card of a test: Chromium reads this file anew whenever a page opens the microphone, so what the
 * "person" says next is written just before.
 */
export class FakeMicrophone {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    this.willBeSilent();
  }

  /** Chromium flags under which getUserMedia hears this file, or is refused, or finds nothing. */
  flags(soundCard: 'fake' | 'refused' | 'none'): string[] {
    const allowed = '--use-fake-ui-for-media-stream';
    const device = [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${this.path}%noloop`,
    ];
    if (soundCard === 'none') return [allowed];
    return soundCard === 'refused' ? device : [allowed, ...device];
  }

  /** A little room, the clip, and room for as long as a test may listen. */
  willHear(clip: Float32Array, leadSeconds = 1): void {
    const speech = joined(silence(leadSeconds), clip, silence(12));
    const room = noise(speech.length / SAMPLE_RATE_HZ, ROOM_DB);
    this.#write(speech.map((sample, index) => sample + (room[index] ?? 0)));
  }

  willHearRoomOnly(): void {
    this.#write(noise(20, ROOM_DB));
  }

  /** Digital zeros: a microphone that is muted in hardware. */
  willBeSilent(): void {
    this.#write(silence(20));
  }

  #write(samples: Float32Array): void {
    const pcm = toPcm16(samples);
    const header = Buffer.alloc(44);
    header.write('RIFF', 0);
    header.writeUInt32LE(36 + pcm.length, 4);
    header.write('WAVEfmt ', 8);
    header.writeUInt32LE(16, 16);
    header.writeUInt16LE(1, 20);
    header.writeUInt16LE(1, 22);
    header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
    header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
    header.writeUInt16LE(2, 32);
    header.writeUInt16LE(16, 34);
    header.write('data', 36);
    header.writeUInt32LE(pcm.length, 40);
    writeFileSync(this.path, Buffer.concat([header, pcm]));
  }
}
