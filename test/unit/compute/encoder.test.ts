import { loadEncoderModel } from '../../../bench/encoder-file';
import { describeEncoder } from './encoder-behaviour';

const weights = async () => (await loadEncoderModel()).weights;

describeEncoder('cpu', weights, { cycles: 100, tolerance: 1e-4 });
describeEncoder('wasm', weights, { cycles: 1_000, tolerance: 1e-4 });
