import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium';

/**
 * `npm test`: every check, one after another, all of them even when one fails. The last line counts tests;
 * lint, types and the house map count as one each.
 */

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'claude-echo-test-'));
process.env['CHROMIUM_PATH'] = ensureChromium();

function run(
  title: string,
  command: 'npm' | 'npx',
  args: readonly string[],
  env: Record<string, string> = {},
): boolean {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  console.log(
    `── ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

function check(title: string, script: string): void {
  if (run(title, 'npm', ['run', '--silent', script])) total.passed += 1;
  else total.failed += 1;
}

/** A runner that died before it could report is one failure, never none. */
function tests(
  title: string,
  args: readonly string[],
  report: string,
  env: Record<string, string>,
  read: (json: string) => Count,
): void {
  const hasPassed = run(title, 'npx', args, env);
  let count: Count = { passed: 0, failed: 1, skipped: 0 };
  try {
    count = read(readFileSync(report, 'utf8'));
  } catch (failure) {
    console.error(`${title} left no report: ${String(failure)}`);
  }
  if (!hasPassed && count.failed === 0) count.failed = 1;
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}

function vitestCount(json: string): Count {
  const report: { numPassedTests: number; numFailedTests: number; numPendingTests: number } =
    JSON.parse(json);
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

function playwrightCount(json: string): Count {
  const { stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } } =
    JSON.parse(json);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** Each fault counts as one test. */
function faultCount(json: string): Count {
  const faults: readonly { verdict: string }[] = JSON.parse(json);
  const passed = faults.filter(({ verdict }) => verdict === 'met').length;
  const skipped = faults.filter(({ verdict }) => verdict === 'skipped').length;
  return { passed, failed: faults.length - passed - skipped, skipped };
}

check('lint and format', 'lint');
check('types', 'types');
check('house map', 'map');

const unitReport = join(reports, 'vitest.json');
tests(
  'unit and browser tests',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  unitReport,
  {},
  vitestCount,
);

const endToEndReport = join(reports, 'playwright.json');
tests(
  'end-to-end tests',
  ['playwright', 'test', '--reporter=list,json'],
  endToEndReport,
  { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReport },
  playwrightCount,
);

const faultReport = join(reports, 'faults.json');
tests('faults', ['tsx', 'test/faults/main.ts', '--json', faultReport], faultReport, {}, faultCount);

rmSync(reports, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
