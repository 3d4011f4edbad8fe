import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { option } from '../report';

/**
 * Event logs from the activities of people in five homes, in a checkout of github.com/agnesvanbelle/TL:
 *
 *     tsx bench/behaviour/convert-homes.ts --from CHECKOUT --to DIR
 *
 * Homes A, B and C were recorded by van Kasteren (University of Amsterdam), D and E at MIT.
 */
const HOMES = 'source/source-code/arf.experiments.wifi/housedata/input/HF_original';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const from = option('from');
const to = option('to');
if (from === undefined || to === undefined) {
  console.error('Usage: tsx bench/behaviour/convert-homes.ts --from CHECKOUT --to DIR');
  process.exit(2);
}
mkdirSync(to, { recursive: true });
for (const folder of readdirSync(join(from, HOMES)).sort()) {
  const home = folder.replace('houseInfo', '');
  const read = (file: string): string[] =>
    readFileSync(join(from, HOMES, folder, file), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const names = new Map(read(`actionMap${home}.txt`).map((line) => line.split(',') as [string, string]));
  const events = read(`house${home}-as.txt`).map((line) => {
    const [start = '', , code = ''] = line.split('\t');
    return [`home-${home}`, isoTime(start), (names.get(code) ?? `activity-${code}`).toLowerCase()].join('\t');
  });
  writeFileSync(join(to, `home-${home.toLowerCase()}.tsv`), `${events.join('\n')}\n`);
  console.log(`home-${home.toLowerCase()}: ${events.length} events`);
}

/** `25-Feb-2008 00:19:32`, as on the wall. */
function isoTime(text: string): string {
  const [date = '', time = ''] = text.split(' ');
  const [day = '', month = '', year = ''] = date.split('-');
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${time}Z`;
}
