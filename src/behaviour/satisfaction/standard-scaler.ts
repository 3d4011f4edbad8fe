import * as v from 'valibot';

const numbers = v.array(v.pipe(v.number(), v.finite()));
export const SavedScalerSchema = v.strictObject({ means: numbers, spreads: numbers });
export type SavedScaler = v.InferOutput<typeof SavedScalerSchema>;

/** Mean 0 and standard deviation 1 of every feature, over the rows it was fitted on. What never varies stays 0. */
export function fitScaler(rows: readonly (readonly number[])[]): SavedScaler {
  const width = rows[0]?.length ?? 0;
  const means = Array.from(
    { length: width },
    (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length,
  );
  const spreads = means.map((mean, at) => {
    const variance = rows.reduce((sum, row) => sum + ((row[at] ?? 0) - mean) ** 2, 0) / rows.length;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { means, spreads };
}

export const scaled = ({ means, spreads }: SavedScaler, row: readonly number[]): number[] =>
  row.map((value, at) => (value - (means[at] ?? 0)) / (spreads[at] ?? 1));
