import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../src/core/random';
import { LabBrowser } from './lab-browser';

/** Where faults are made: browsers with profiles of their own, all gone afterwards. */
export class Lab {
  readonly random = seededRandom(20_260_701);
  readonly #folder = mkdtempSync(join(tmpdir(), 'claude-echo-faults-'));
  readonly #browsers: LabBrowser[] = [];
  #profiles = 0;

  constructor(
    readonly harnessUrl: string,
    /** Many tries, as for a release; else as many as fit a run of all tests. */
    readonly isLong: boolean,
  ) {}

  newProfile(): string {
    this.#profiles += 1;
    return join(this.#folder, `profile-${this.#profiles}`);
  }

  async start(profile = this.newProfile(), graphics?: readonly string[]): Promise<LabBrowser> {
    const browser = await LabBrowser.start(profile, this.harnessUrl, graphics);
    this.#browsers.push(browser);
    return browser;
  }

  /** Ends every browser that a fault left open. */
  async tidy(): Promise<void> {
    for (const browser of this.#browsers.splice(0)) await browser.kill();
  }

  async close(): Promise<void> {
    await this.tidy();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
