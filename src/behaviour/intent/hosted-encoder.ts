import { env, pipeline } from '@huggingface/transformers';
import { err, ok, type Result } from '../../core/result';
import type { SentenceEncoder, SentenceEncoderError } from './sentence-encoder';

interface Addresses {
  /** Absolute, of our own origin, with a slash at the end: a folder as transformers.js lays models out. */
  readonly folder: string;
  /** The WebAssembly of onnxruntime, a file of our own origin. */
  readonly wasm: string;
}

/** Typed texts are embedded one at a time as somebody types: more threads bring little, and their workers need blobs. */
const THREADS = 1;
const MOST_DIMENSIONS = 4_096;

/**
 * A sentence encoder such as all-MiniLM-L6-v2 (Reimers & Gurevych 2019; Wang et al. 2020), whose files lie beside the app:
 * `config.json`, `tokenizer.json`, `tokenizer_config.json` and `onnx/model_quantized.onnx`. The mean over the tokens of a
 * text is its direction. Import this file lazily: it brings transformers.js and onnxruntime with it. Once a thread:
 * transformers.js has one environment.
 *
 * Nothing is asked of any other origin: neither the hub of models nor the network that onnxruntime is otherwise
 * fetched from. After a failure, another try in the same thread may fail for what the first left behind in transformers.js.
 */
export async function openHostedEncoder(
  { folder, wasm }: Addresses,
  load: typeof fetch = (input, init) => fetch(input, init),
): Promise<Result<SentenceEncoder, SentenceEncoderError>> {
  const { origin, pathname } = new URL(folder);
  const files = new OwnFiles(origin, load);
  const [, parent = '/', name = ''] = /^(.*\/)([^/]+)\/$/.exec(pathname) ?? [];
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  // A path: of an address it would not look whether files are there.
  env.localModelPath = parent;
  env.fetch = (input, init) => files.fetch(input, init);
  // Files are as fresh as the server says, and code comes from files, never from blobs.
  env.useBrowserCache = false;
  env.useWasmCache = false;
  const { wasm: runtime } = env.backends.onnx;
  if (runtime === undefined) return err({ kind: 'unusable', detail: 'no WebAssembly runtime' });
  runtime.wasmPaths = { wasm };
  runtime.numThreads = THREADS;
  runtime.proxy = false;
  try {
    const extract = await pipeline('feature-extraction', name, { dtype: 'q8', device: 'wasm' });
    const encode = async (texts: readonly string[]): Promise<readonly Float32Array[]> => {
      const { data, dims } = await extract([...texts], { pooling: 'mean', normalize: true });
      const [, width = 0] = dims;
      const numbers = Float32Array.from(data as ArrayLike<number>);
      return texts.map((_, at) => numbers.slice(at * width, (at + 1) * width));
    };
    const [probe] = await encode(['a']);
    const dimensions = probe?.length ?? 0;
    if (dimensions < 2 || dimensions > MOST_DIMENSIONS || probe?.every(Number.isFinite) !== true)
      return err({ kind: 'unusable', detail: 'it gives no directions' });
    return ok({ id: await files.digest(), dimensions, encode });
  } catch (reason) {
    const detail = reason instanceof Error ? reason.message : String(reason);
    return err({ kind: files.isMissing ? 'unreachable' : 'unusable', detail });
  }
}

/** The files of one model, and nothing from elsewhere. */
class OwnFiles {
  readonly #origin: string;
  readonly #load: typeof fetch;
  /** SHA-256 of each by its name. */
  readonly #digests = new Map<string, string>();
  #isMissing = false;

  constructor(origin: string, load: typeof fetch) {
    this.#origin = origin;
    this.#load = load;
  }

  /** Whether one that is needed did not come. */
  get isMissing(): boolean {
    return this.#isMissing;
  }

  async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input, `${this.#origin}/`);
    if (url.origin !== this.#origin) throw new TypeError(`not a file of our own origin: ${url.origin}`);
    const response = await this.#ask(url, init);
    const isNeeded = /\/(?:config\.json|tokenizer\.json|model_quantized\.onnx)$/.test(url.pathname);
    if (isNeeded && !response.ok) this.#isMissing = true;
    if (!isNeeded || !response.ok) return response;
    const bytes = await response.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    this.#digests.set(url.pathname, [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    return new Response(bytes, { status: response.status, headers: response.headers });
  }

  /** Names the model by what its files are. */
  async digest(): Promise<string> {
    const all = [...this.#digests.values()].sort().join(' ');
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(all)));
    return `hosted-${[...digest.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }

  /** With no network, a copy that the browser still has is good enough. */
  async #ask(url: URL, init: RequestInit | undefined): Promise<Response> {
    try {
      return await this.#load(url, { ...init, cache: 'no-cache' });
    } catch (reason) {
      try {
        return await this.#load(url, { ...init, cache: 'only-if-cached', mode: 'same-origin' });
      } catch {
        this.#isMissing = true;
        throw reason;
      }
    }
  }
}
