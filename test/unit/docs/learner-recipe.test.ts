import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as valibot from 'valibot';
import { describe, expect, it } from 'vitest';
import * as sdk from '../../../src/sdk';
import { compileErrors, fencesIn, runExample } from './examples';

const contributing = readFileSync(join(import.meta.dirname, '..', '..', '..', 'CONTRIBUTING.md'), 'utf8');
const [learner = '', test = ''] = fencesIn(contributing);

describe('the recipe for a learner', () => {
  it('compiles as it stands', { timeout: 120_000 }, () => {
    expect(
      compileErrors([
        { title: 'learner', code: learner, path: 'src/behaviour/duration-learner.ts' },
        { title: 'test', code: test, path: 'test/conformance/duration-learner.test.ts' },
      ]),
    ).toEqual([]);
  });

  it('makes a learner that conforms', async () => {
    const made: Record<string, unknown> = {};
    await runExample(learner, { sdk, valibot }, made);
    const tests = new Map<string, () => Promise<void>>();
    const vitest = {
      describe: (_: string, body: () => void) => body(),
      it: (title: string, body: () => Promise<void>) => void tests.set(title, body),
    };
    await runExample(test, { sdk, valibot, vitest, '../../src/behaviour/duration-learner': made });
    expect([...tests.keys()]).toContain('duration: learns the same online and in batches');
    for (const run of tests.values()) await run();
  });
});
