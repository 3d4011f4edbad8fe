/**
 * Capture thread: mixes the input to mono, gathers 20 ms and hands them to the speech worker over the port
 * it is given. Sound never passes through the page.
 *
 * Protocol on `port`: one message `{ sink: MessagePort }` starts the flow, `{ stop: true }` ends the node.
 * Protocol on the sink: `Float32Array` of samples at the context's native rate; the buffer is moved.
 */

const BATCH_SECONDS = 0.02;

function isStart(data: unknown): data is { readonly sink: MessagePort } {
  return typeof data === 'object' && data !== null && 'sink' in data;
}

class CaptureProcessor extends AudioWorkletProcessor {
  readonly #batchSamples = Math.round(sampleRate * BATCH_SECONDS);
  #batch = new Float32Array(this.#batchSamples);
  #fill = 0;
  #sink: MessagePort | undefined;
  #isStopped = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (isStart(data)) this.#sink = data.sink;
      else this.#isStopped = true;
    };
  }

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const channels = inputs[0] ?? [];
    const first = channels[0];
    if (first === undefined || this.#sink === undefined) return !this.#isStopped;
    for (let index = 0; index < first.length; index += 1) {
      let sum = 0;
      for (const channel of channels) sum += channel[index] ?? 0;
      this.#batch[this.#fill] = sum / channels.length;
      this.#fill += 1;
      if (this.#fill === this.#batchSamples) this.#send(this.#sink);
    }
    return !this.#isStopped;
  }

  #send(sink: MessagePort): void {
    sink.postMessage(this.#batch, [this.#batch.buffer]);
    this.#batch = new Float32Array(this.#batchSamples);
    this.#fill = 0;
  }
}

registerProcessor('echo-capture', CaptureProcessor);
