import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How often a text is in any file of a profile, in the spellings that browsers store text in. */
export function occurrencesInProfile(profile: string, text: string): number {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  let found = 0;
  for (const entry of readdirSync(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const needle of needles)
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) found += 1;
  }
  return found;
}
