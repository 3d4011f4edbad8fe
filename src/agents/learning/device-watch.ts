import type { DeviceCondition } from '../../adaptation/adaptation-strategy';
import type { Settings } from '../../config/settings';

/** The Battery Status API, where there is one (Chromium); the standard library does not know it. */
interface Battery extends EventTarget {
  readonly charging: boolean;
  readonly level: number;
}

interface Options {
  readonly getBattery: (() => Promise<Battery>) | undefined;
  readonly training: () => Settings['compute']['training'];
  /** Whether somebody talks to Echo now, or just did. */
  readonly isBusy: () => boolean;
  /** Holds the training of the network, or lets it go. */
  readonly hold: (isHeld: boolean) => void;
}

const LOOK_EVERY_MS = 30_000;

/** The browser's battery, if it tells of one. */
export function batteryOf(browser: object): (() => Promise<Battery>) | undefined {
  if (!('getBattery' in browser) || typeof browser.getBattery !== 'function') return undefined;
  const { getBattery } = browser;
  return () => getBattery.call(browser);
}

/**
 * How the device is, and whether it has the strength to train now. A browser that tells nothing of its battery has
 * nothing held: it may be a desk lamp.
 */
export class DeviceWatch {
  readonly #options: Options;
  #battery: Battery | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isHeld = false;

  constructor(options: Options) {
    this.#options = options;
  }

  get condition(): DeviceCondition {
    const battery = this.#battery;
    return battery === undefined ? {} : { isCharging: battery.charging, batteryShare: battery.level };
  }

  async start(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    if (this.#battery === undefined && this.#options.getBattery !== undefined) {
      try {
        this.#battery = await this.#options.getBattery();
      } catch {
        // Refused by the browser's policy: as good as none.
        return;
      }
      for (const type of ['chargingchange', 'levelchange'])
        this.#battery.addEventListener(type, () => this.look());
    }
    this.look();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tell(false);
  }

  /** Something changed that training may have to wait for. */
  look(): void {
    const { training, isBusy } = this.#options;
    const mayRest =
      training() === 'when-charging' && this.#battery !== undefined && this.#timer !== undefined;
    this.#tell(mayRest && (this.#battery?.charging === false || isBusy()));
  }

  #tell(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#options.hold(isHeld);
  }
}
