import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as valibot from 'valibot';
import { describe, expect, it } from 'vitest';
import * as sdk from '../../../src/sdk';
import { compileErrors, examplesIn, runExample } from './examples';

const source = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src', 'sdk.ts'), 'utf8');
const examples = examplesIn(source);

describe('the examples of the SDK', () => {
  it('show every name that it exports', () => {
    const unshown = examples.flatMap(({ exported, code }) =>
      exported.filter((name) => !new RegExp(`\\b${name}\\b`).test(code)),
    );
    expect(unshown).toEqual([]);
    const shown = new Set(examples.flatMap(({ exported }) => exported));
    expect(Object.keys(sdk).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('compile under the rules of the app', { timeout: 120_000 }, () => {
    expect(compileErrors(examples)).toEqual([]);
  });

  it.each(examples)('do what they say: $title', async ({ code }) => {
    expect(await runExample(code, { sdk, valibot })).toBeGreaterThan(0);
  });

  it('are refused when they are wrong', { timeout: 120_000 }, async () => {
    const code =
      "import { ok } from './sdk';\nconst n: string = ok(1).value;\nok(n); // → { ok: true, value: 2 }\n";
    expect(compileErrors([{ title: 'wrong', code }])).toEqual([expect.stringContaining('not assignable')]);
    await expect(runExample(code, { sdk })).rejects.toThrow('to deeply equal');
  });
});
