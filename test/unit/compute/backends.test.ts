import { describeBackend } from './backend-behaviour';

describeBackend('cpu', { cycles: 1_000 });
describeBackend('wasm', { cycles: 1_000 });
