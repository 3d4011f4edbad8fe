import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('what the encoder is trained on', () => {
  // Whoever trains has Python; whoever works on the app need not.
  it.skipIf(!hasPython)('leaves out every speaker that evaluation needs (python3)', () => {
    const run = spawnSync('python3', ['-B', '-m', 'unittest', 'test_sources'], {
      cwd: 'models/training',
      encoding: 'utf8',
    });
    expect(run.stderr).toMatch(/Ran [1-9]\d* tests/);
    expect(run.stderr.trim().endsWith('OK')).toBe(true);
  });
});
