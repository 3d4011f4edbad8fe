import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { chromiumFlags, ensureChromium } from '../../../scripts/chromium';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/**
 * Chromium on a profile that outlives it, started by ourselves: Playwright ends a browser politely, and here
 * it has to die as it does when memory runs out.
 */
export class LabBrowser {
  readonly #process: ChildProcess;
  readonly #browser: Browser;
  readonly #harnessUrl: string;

  private constructor(
    readonly profile: string,
    started: ChildProcess,
    browser: Browser,
    harnessUrl: string,
  ) {
    this.#process = started;
    this.#browser = browser;
    this.#harnessUrl = harnessUrl;
  }

  /** @param graphics flags of a graphics device; none at all unless given */
  static async start(
    profile: string,
    harnessUrl: string,
    graphics: readonly string[] = ['--disable-gpu'],
  ): Promise<LabBrowser> {
    mkdirSync(profile, { recursive: true });
    const portFile = join(profile, 'DevToolsActivePort');
    rmSync(portFile, { force: true });
    const flags = [
      ...chromiumFlags(),
      '--headless=new',
      ...graphics,
      '--disable-breakpad',
      '--noerrdialogs',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ];
    // A process group of its own, so that ending it reaches the renderers too, and nobody else's.
    const started = spawn(ensureChromium(), flags, { detached: true, stdio: 'ignore' });
    const browser = await chromium.connectOverCDP(await debuggingAddress(portFile, started));
    return new LabBrowser(profile, started, browser, harnessUrl);
  }

  /** A page with the vault on it, in `harness`. */
  async open(document = 'index.html'): Promise<Page> {
    const [context] = this.#browser.contexts();
    if (context === undefined) throw new Error('the browser has no profile');
    const page = await context.newPage();
    await page.goto(`${this.#harnessUrl}${document}`);
    return page;
  }

  debug(page: Page): Promise<CDPSession> {
    return page.context().newCDPSession(page);
  }

  /** Ends the tab's process in the middle of whatever it does. */
  async crash(page: Page): Promise<void> {
    const session = await this.debug(page);
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    // Never answered: who should answer is gone.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await page.close();
  }

  /** Ends the process that draws and computes for all tabs; the browser starts another. */
  async crashGraphics(): Promise<void> {
    const session = await this.#browser.newBrowserCDPSession();
    await session.send('Browser.crashGpuProcess');
    await session.detach();
  }

  /** SIGKILL for all of its processes: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#process;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    process.kill(-pid, 'SIGKILL');
    await ended;
  }

  /** As a person closes it: everything is written. */
  async quit(): Promise<void> {
    const ended = once(this.#process, 'exit');
    const session = await this.#browser.newBrowserCDPSession();
    session.send('Browser.close').catch(() => undefined);
    await ended;
  }
}

async function debuggingAddress(portFile: string, started: ChildProcess): Promise<string> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    if (started.exitCode !== null) throw new Error(`Chromium ended at once, with code ${started.exitCode}`);
    const [port, path] = readIfThere(portFile).split('\n');
    if (port !== undefined && path !== undefined) return `ws://127.0.0.1:${port}${path}`;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('Chromium did not start');
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return '';
    throw failure;
  }
}
