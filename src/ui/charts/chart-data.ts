/** What a chart shows, as rows: for the table under it and for whoever takes it along. */
export interface ChartData {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** RFC 4180. A cell that a spreadsheet would take for a formula is text. */
export function toCsv({ head, rows }: ChartData): string {
  return [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

/** One object a row, named as the columns are. */
export function toJson({ head, rows }: ChartData): string {
  const named = rows.map((row) =>
    Object.fromEntries(head.map((title, column) => [title, row[column] ?? null])),
  );
  return JSON.stringify(named, null, 2);
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
