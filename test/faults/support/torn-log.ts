import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A record of 759 bytes is announced, and none of them follow: checksum, length and kind, as LevelDB writes them. */
const HEADER_ALONE = Uint8Array.of(0xf4, 0x5a, 0x6f, 0x00, 0xf7, 0x02, 0x01);

/**
 * Leaves at the end of Chromium's log of IndexedDB what a kill leaves between the two halves of a write.
 *
 * @param profile of a browser that does not run
 * @returns whether there was such a log
 */
export function tearLastWrite(profile: string): boolean {
  const stores = join(profile, 'Default', 'IndexedDB');
  const logs = readdirSync(stores, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.log'))
    .map((path) => join(stores, path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const [newest] = logs;
  if (newest !== undefined) appendFileSync(newest, HEADER_ALONE);
  return newest !== undefined;
}
