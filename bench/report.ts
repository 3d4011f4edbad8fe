import { writeFileSync } from 'node:fs';

/** One measured value with its conditions: a flat object, so that a table or a plot is one step away. */
export type TidyRow = Readonly<Record<string, string | number | boolean>>;

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest-rank percentile; `share` in [0, 1]. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Columns as wide as their widest cell; numbers to the right. */
export function printTable(rows: readonly TidyRow[], columns: readonly string[]): void {
  const cell = (value: TidyRow[string] | undefined): string =>
    typeof value === 'number' ? formatNumber(value) : value === undefined ? '–' : String(value);
  const widths = columns.map((column) =>
    Math.max(column.length, ...rows.map((row) => cell(row[column]).length)),
  );
  const line = (cells: readonly string[], isNumber: (index: number) => boolean): string =>
    cells
      .map((text, index) =>
        isNumber(index) ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0),
      )
      .join('  ');
  console.log(line(columns, () => false));
  console.log(widths.map((width) => '─'.repeat(width)).join('  '));
  for (const row of rows) {
    console.log(
      line(
        columns.map((column) => cell(row[column])),
        (index) => typeof row[columns[index] ?? ''] === 'number',
      ),
    );
  }
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

/** The value of `--name VALUE` on the command line. */
export function option(name: string): string | undefined {
  const position = process.argv.indexOf(`--${name}`);
  return position < 0 ? undefined : process.argv[position + 1];
}

/** Writes the rows where `--json FILE` asked for them. */
export function writeJsonIfAsked(rows: readonly TidyRow[]): void {
  const file = option('json');
  if (file === undefined) return;
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`\n${rows.length} rows written to ${file}`);
}
