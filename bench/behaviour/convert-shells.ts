import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { option } from '../report';

/**
 * Event logs from the shell commands of students, in a checkout of github.com/taylan32/data_mining (Švábenský et al.,
 * Dataset of Shell Commands Used by Participants of Hands-on Cybersecurity Training, Data in Brief 2021):
 *
 *     tsx bench/behaviour/convert-shells.ts --from CHECKOUT --to DIR
 *
 * One log a training, one person a sandbox. The action is the program that was called, without its arguments.
 */
const CommandsSchema = v.array(
  v.object({
    timestamp_str: v.pipe(v.string(), v.isoTimestamp()),
    /** Left out where only the Enter key was pressed. */
    cmd: v.optional(v.string(), ''),
    cmd_type: v.string(),
  }),
);
/** Shorter sessions show no habit. */
const LEAST_EVENTS = 20;

const from = option('from');
const to = option('to');
if (from === undefined || to === undefined) {
  console.error('Usage: tsx bench/behaviour/convert-shells.ts --from CHECKOUT --to DIR');
  process.exit(2);
}
mkdirSync(to, { recursive: true });
const root = join(from, 'data');
for (const training of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const folder = join(root, training.name);
  const lines: string[] = [];
  let people = 0;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('useractions.json')) continue;
    const parsed = v.parse(CommandsSchema, JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const events = parsed.flatMap(({ timestamp_str, cmd, cmd_type }) => {
      const program = programOf(cmd);
      return program === '' ? [] : [{ at: timestamp_str, action: `${cmd_type.split('-')[0]}:${program}` }];
    });
    if (events.length < LEAST_EVENTS) continue;
    people += 1;
    const user = relative(folder, join(folder, file)).replace(/-useractions\.json$/, '');
    for (const { at, action } of events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)))
      lines.push([user, at, action].join('\t'));
  }
  if (people === 0) continue;
  const name = `shell-${training.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  writeFileSync(join(to, `${name}.tsv`), `${lines.join('\n')}\n`);
  console.log(`${name}: ${lines.length} events of ${people} people`);
}

function programOf(command: string): string {
  const words = command.trim().split(/\s+/);
  const [first = '', second] = words;
  return (first === 'sudo' && second !== undefined ? second : first).slice(0, 60);
}
