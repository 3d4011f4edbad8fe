import { createHmac } from 'node:crypto';
import type { Sign } from '../../../src/insights/keyed-bits';

/** K_dp of a device: the same number, the same key. */
export function deviceKey(seed: number): Sign {
  const key = createHmac('sha256', 'device').update(String(seed)).digest();
  return async (message) => createHmac('sha256', key).update(message).digest();
}
