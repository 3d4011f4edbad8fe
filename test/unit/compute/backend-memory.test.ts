import { describe, expect, it } from 'vitest';
import { type BackendMemory, fastestBackend, parseBackendMemory } from '../../../src/compute/backend-memory';

const memory: BackendMemory = {
  tfjsVersion: '4.22.0',
  backend: 'wasm',
  measurements: [
    { backend: 'wasm', stepMs: 1.5 },
    { backend: 'webgl', failure: 'not-supported' },
  ],
  measuredAt: 1_700_000_000_000,
};

describe('parseBackendMemory', () => {
  it('reads back what was kept as JSON', () => {
    expect(parseBackendMemory(JSON.parse(JSON.stringify(memory)), '4.22.0')).toEqual(memory);
  });

  it.each([
    ['nothing', undefined],
    ['another tfjs version', { ...memory, tfjsVersion: '4.21.0' }],
    ['an unknown backend', { ...memory, backend: 'tpu' }],
    ['text', 'wasm'],
  ])('takes %s for nothing kept', (_, kept) => {
    expect(parseBackendMemory(kept, '4.22.0')).toBeUndefined();
  });
});

describe('fastestBackend', () => {
  it('takes the shortest step, the first of equals, and never one that failed', () => {
    expect(
      fastestBackend([
        { backend: 'wasm', stepMs: 2 },
        { backend: 'cpu', stepMs: 2 },
        { backend: 'webgl', stepMs: 1, failure: 'wrong-answers' },
      ]),
    ).toBe('wasm');
  });

  it('finds none where all failed', () => {
    expect(fastestBackend([{ backend: 'wasm', failure: 'too-slow' }])).toBeUndefined();
  });
});
