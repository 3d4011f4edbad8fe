import { wasmPaths } from '../../../src/compute/wasm-paths';
import { describeTuning } from '../../unit/compute/adapter-behaviour';

describeTuning('wasm', { wasmPaths, tolerance: 5e-3 });
describeTuning('webgl', { wasmPaths, limitMs: 20_000, tolerance: 2e-2 });
describeTuning('webgpu', { wasmPaths, limitMs: 20_000, tolerance: 2e-2 });
