import { SAMPLE_RATE_HZ } from '../core/units';

/** Plays sound on the page, one stretch at a time. */
export class Playback {
  #context: AudioContext | undefined;
  #source: AudioBufferSourceNode | undefined;

  /**
   * Plays 16 kHz mono samples; whatever played before stops.
   *
   * @returns resolves when it ended or was stopped
   */
  async play(samples: Float32Array): Promise<void> {
    this.stop();
    if (samples.length === 0) return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    await context.resume();
    const buffer = context.createBuffer(1, samples.length, SAMPLE_RATE_HZ);
    buffer.copyToChannel(Float32Array.from(samples), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    this.#source = source;
    await new Promise<void>((resolve) => {
      source.addEventListener('ended', () => resolve(), { once: true });
      source.start();
    });
    if (this.#source === source) this.#source = undefined;
  }

  stop(): void {
    this.#source?.stop();
    this.#source = undefined;
  }
}
