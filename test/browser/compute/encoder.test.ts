import { wasmPaths } from '../../../src/compute/wasm-paths';
import { describeEncoder } from '../../unit/compute/encoder-behaviour';
import { shippedWeights } from '../support/shipped-weights';

describeEncoder('wasm', shippedWeights, { wasmPaths, cycles: 200, tolerance: 1e-4 });
describeEncoder('cpu', shippedWeights, { wasmPaths, cycles: 100, tolerance: 1e-4 });
describeEncoder('webgl', shippedWeights, { wasmPaths, cycles: 10, tolerance: 1e-4 });
describeEncoder('webgpu', shippedWeights, { wasmPaths, cycles: 10, tolerance: 1e-4 });
