import { DAY_MS } from './epoch';

/**
 * A moment within the next 24 hours, every minute as likely as any other: when a report arrives says nothing about
 * when somebody uses Echo.
 *
 * @param random 4 uniformly random bytes
 */
export function sendAfterMs(nowMs: number, random: Uint8Array): number {
  const word = new DataView(random.buffer, random.byteOffset).getUint32(0);
  return nowMs + Math.floor((word / 2 ** 32) * (DAY_MS / 60_000)) * 60_000;
}
