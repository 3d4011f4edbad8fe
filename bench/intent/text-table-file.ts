import { readFileSync } from 'node:fs';
import { TextTable } from '../../src/behaviour/intent/text-table';

const FOLDER = `${import.meta.dirname}/../../models/text`;

/** The table as it ships. */
export async function readTextTable(): Promise<TextTable> {
  const manifest: unknown = JSON.parse(readFileSync(`${FOLDER}/manifest.json`, 'utf8'));
  const opened = await TextTable.open(Uint8Array.from(readFileSync(`${FOLDER}/table.bin`)), manifest);
  if (!opened.ok) throw new Error(`models/text: ${opened.error.kind}: ${opened.error.detail}`);
  return opened.value;
}
