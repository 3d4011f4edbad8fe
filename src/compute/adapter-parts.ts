import type { EncoderAdapter } from './encoder-adapter';

/** In the order in which an adapter is taken apart and put together again. */
export const ADAPTER_PARTS = ['down', 'downBias', 'depthwise', 'up', 'kernel', 'bias'] as const;
export type AdapterPart = (typeof ADAPTER_PARTS)[number];

export const partsOf = (adapter: EncoderAdapter): Record<AdapterPart, Float32Array> => ({
  down: adapter.down,
  downBias: adapter.downBias,
  depthwise: adapter.depthwise,
  up: adapter.up,
  kernel: adapter.head.kernel,
  bias: adapter.head.bias,
});
