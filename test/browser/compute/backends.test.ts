import { wasmPaths } from '../../../src/compute/wasm-paths';
import { describeBackend } from '../../unit/compute/backend-behaviour';

describeBackend('wasm', { wasmPaths, cycles: 200 });
describeBackend('cpu', { wasmPaths, cycles: 200 });
describeBackend('webgl', { wasmPaths, cycles: 10 });
describeBackend('webgpu', { wasmPaths, cycles: 10 });
