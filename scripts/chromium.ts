import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * What Playwright turns off, which this list takes the place of, and two hidden pages of the address bar: they cost more
 * than a second of every start, and no test has an address bar.
 */
const FEATURES_OFF = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

/** Quiet and closed: nothing the browser does by itself reaches the network. */
const BASE_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  `--disable-features=${FEATURES_OFF.join(',')}`,
];

/** WebGPU and WebGL in software, where there is no graphics card. */
export const SOFTWARE_GPU_FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** No graphics at all, not even in software: as on a machine without a graphics card. */
export const NO_GPU_FLAGS = ['--disable-software-rasterizer'];

/** Chromium refuses its sandbox to root. */
export function chromiumFlags(): string[] {
  return process.getuid?.() === 0 ? [...BASE_FLAGS, '--no-sandbox'] : BASE_FLAGS;
}

/** The browser to test with: `CHROMIUM_PATH`, Playwright's own, or one that is installed. */
export function findChromium(): string | undefined {
  const fromEnvironment = process.env['CHROMIUM_PATH'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  const playwrights = chromium.executablePath();
  if (existsSync(playwrights)) return playwrights;
  return CANDIDATES.find((path) => existsSync(path));
}

/** As `findChromium`, but installs one when there is none: Playwright's, else Debian's. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  console.log('No Chromium found; installing one (Playwright’s, else Debian’s).');
  const attempts: [string, string[]][] = [
    ['npx', ['playwright', 'install', '--with-deps', 'chromium']],
    ['apt-get', ['update', '-qq']],
    ['apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk']],
  ];
  for (const [command, args] of attempts) {
    spawnSync(command, args, { stdio: 'inherit', timeout: 300_000 });
    const path = findChromium();
    if (path !== undefined) return path;
  }
  throw new Error(
    'No Chromium could be found or installed. Install Chromium or Chrome and set CHROMIUM_PATH to its executable.',
  );
}

export function chromiumVersion(path: string): string {
  return execFileSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim();
}
