import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import type { BackendMemory } from '../../src/compute/backend-memory';

/** As a device remembers that was measured before: timing graphics in software holds the speech worker for seconds. */
export const measuredBackend: BackendMemory = {
  tfjsVersion,
  backend: 'wasm',
  measurements: [{ backend: 'wasm', stepMs: 2 }],
  measuredAt: 1,
};
