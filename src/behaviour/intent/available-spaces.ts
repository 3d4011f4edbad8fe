import { KeptDirections, type StoredDirection } from './kept-directions';
import type { LoadSentenceEncoder, SentenceEncoderError } from './sentence-encoder';
import type { StoredDirections, TextDirections, TextSpaces } from './text-directions';

/** Which space texts are compared in, and what became of the model that the operator hosts. */
export type TextModelStatus =
  /** The operator hosts none. */
  | { readonly kind: 'built-in' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'hosted'; readonly dimensions: number }
  /** The built-in space stands in for it. */
  | { readonly kind: 'failed'; readonly reason: SentenceEncoderError['kind'] };

interface Options {
  /** The built-in table of text pieces; `undefined` where it cannot be had. */
  readonly loadTable: () => Promise<TextDirections | undefined>;
  readonly loadEncoder: LoadSentenceEncoder;
  readonly onStatus: (status: TextModelStatus, detail?: string) => void;
}

/**
 * The built-in space, and as soon as it is loaded the one of a model that the operator hosts. Whoever asks gets the best
 * there is at that moment; a model that fails is given up until it is asked for anew.
 */
export class AvailableSpaces implements TextSpaces {
  readonly #options: Options;
  #table: Promise<TextDirections | undefined> | undefined;
  #folder: string | undefined;
  #hosted: KeptDirections | undefined;
  /** Stored by an earlier visit, until it is known whether the model is still the same. */
  #offered: StoredDirections | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Begins to load the model of a folder; what is loaded stays. @param folder `undefined`: there is none */
  host(folder: string | undefined): Promise<void> {
    if (folder === this.#folder && this.#hosted !== undefined) return Promise.resolve();
    this.#folder = folder;
    this.#hosted = undefined;
    if (folder === undefined) {
      this.#options.onStatus({ kind: 'built-in' });
      return Promise.resolve();
    }
    this.#options.onStatus({ kind: 'loading' });
    return this.#load(folder);
  }

  async directionsFor(texts: readonly string[]): Promise<TextDirections | undefined> {
    const hosted = this.#hosted;
    if (hosted !== undefined) {
      try {
        await hosted.prepare(texts);
        return hosted;
      } catch (reason) {
        if (this.#hosted === hosted) this.#fail({ kind: 'unusable', detail: detailOf(reason) });
      }
    }
    this.#table ??= this.#options.loadTable();
    return this.#table;
  }

  store(texts: readonly string[]): StoredDirections | undefined {
    const hosted = this.#hosted;
    if (hosted === undefined) return this.#offered;
    const directions = new Map<string, StoredDirection>();
    for (const text of texts) {
      const direction = hosted.stored(text);
      if (direction !== undefined) directions.set(text, direction);
    }
    return { space: hosted.id, dimensions: hosted.dimensions, directions };
  }

  offer(stored: StoredDirections | undefined): void {
    this.#offered = stored;
    this.#takeOffered();
  }

  forget(): void {
    this.#offered = undefined;
    this.#hosted?.clear();
  }

  async #load(folder: string): Promise<void> {
    const loaded = await this.#options.loadEncoder(folder);
    // Another one was asked for meanwhile.
    if (this.#folder !== folder) return;
    if (!loaded.ok) {
      this.#fail(loaded.error);
      return;
    }
    this.#hosted = new KeptDirections(loaded.value);
    this.#takeOffered();
    this.#options.onStatus({ kind: 'hosted', dimensions: loaded.value.dimensions });
  }

  #takeOffered(): void {
    const [hosted, offered] = [this.#hosted, this.#offered];
    if (hosted === undefined || offered === undefined) return;
    this.#offered = undefined;
    if (offered.space !== hosted.id || offered.dimensions !== hosted.dimensions) return;
    for (const [text, direction] of offered.directions) hosted.take(text, direction);
  }

  #fail({ kind, detail }: SentenceEncoderError): void {
    this.#hosted = undefined;
    this.#options.onStatus({ kind: 'failed', reason: kind }, detail);
  }
}

const detailOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
