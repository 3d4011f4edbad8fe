/** A sample as somebody who scrapes reads it. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ReadSample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const NUMBER = '[+-]Inf|NaN|-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const HELP_LINE = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\]|\\\\[\\\\n])*)$`);
const TYPE_LINE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE_LINE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${NUMBER})$`);

/**
 * Reads the text format of Prometheus by its published grammar and refuses everything else: a family is HELP, TYPE,
 * then its samples, once; the samples of a histogram are its name with `_bucket`, `_sum` or `_count`.
 */
export function parseExposition(text: string): ReadonlyMap<string, ReadFamily> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, { help: string; type: string; samples: ReadSample[] }>();
  let current: { name: string; type: string } | undefined;
  for (const line of text.split('\n').slice(0, -1)) {
    const help = HELP_LINE.exec(line);
    const type = TYPE_LINE.exec(line);
    const sample = SAMPLE_LINE.exec(line);
    if (help !== null) {
      const [, name = '', words = ''] = help;
      if (families.has(name)) throw new Error(`twice: ${name}`);
      families.set(name, { help: unescaped(words), type: '', samples: [] });
      current = { name, type: '' };
    } else if (type !== null) {
      const [, name = '', kind = ''] = type;
      const family = families.get(name);
      if (family === undefined || current?.name !== name || family.samples.length > 0)
        throw new Error(`TYPE out of place: ${name}`);
      family.type = kind;
      current = { name, type: kind };
    } else if (sample !== null && current !== undefined) {
      const [, name = '', labels = '', number = ''] = sample;
      const suffixes = current.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      const { name: family } = current;
      if (!suffixes.some((suffix) => name === family + suffix)) throw new Error(`not of ${family}: ${line}`);
      families.get(family)?.samples.push({ name, labels: labelsOf(labels), value: numberOf(number) });
    } else throw new Error(`no line of the format: ${line}`);
  }
  return families;
}

function labelsOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(new RegExp(LABEL, 'g'))].map(([pair]) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), unescaped(pair.slice(at + 2, -1))] as const;
  });
  return Object.fromEntries(pairs);
}

function numberOf(text: string): number {
  return text.endsWith('Inf') ? Number(text.replace('Inf', 'Infinity')) : Number(text);
}

const unescaped = (text: string): string =>
  text.replace(/\\([\\n"])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
