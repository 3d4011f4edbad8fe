const KEPT_MS = 500;
const PATIENCE_MS = 2_000;

export type ReadinessState = 'ready' | 'unavailable' | 'closing';

/** Whether this replica should be sent requests: not while the database is away, and not once it is ending. */
export class Readiness {
  readonly #ping: () => Promise<void>;
  #isClosing = false;
  #checked: { readonly until: number; readonly state: Promise<ReadinessState> } | undefined;

  constructor(ping: () => Promise<void>) {
    this.#ping = ping;
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  close(): void {
    this.#isClosing = true;
  }

  /** Asks the database at most twice a second, and waits at most two seconds for it. */
  async state(): Promise<ReadinessState> {
    if (this.#isClosing) return 'closing';
    const now = performance.now();
    if (this.#checked === undefined || now >= this.#checked.until)
      this.#checked = { until: now + KEPT_MS, state: this.#check() };
    const state = await this.#checked.state;
    return this.#isClosing ? 'closing' : state;
  }

  async #check(): Promise<ReadinessState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ReadinessState>((resolve) => {
      timer = setTimeout(() => resolve('unavailable'), PATIENCE_MS);
    });
    const asked = this.#ping().then(
      (): ReadinessState => 'ready',
      (): ReadinessState => 'unavailable',
    );
    const state = await Promise.race([asked, late]);
    clearTimeout(timer);
    return state;
  }
}
