export interface DeltaColumns {
  /** Column of the first value to differentiate. */
  readonly from: number;
  readonly count: number;
  /** Column that receives the first derivative; may not overlap the source columns. */
  readonly to: number;
  /** Frames on either side that the regression looks at. */
  readonly reach?: number;
  /** The derivatives are multiplied by this. */
  readonly scale?: number;
}

/**
 * First derivatives by linear regression over `reach` frames on either side (Furui, 1986). Beyond the
 * ends the outermost frame is repeated.
 *
 * @param values row-major, `stride` values a frame
 */
export function writeDeltas(
  values: Float32Array,
  stride: number,
  { from, count, to, reach = 2, scale = 1 }: DeltaColumns,
): void {
  const frameCount = values.length / stride;
  let norm = 0;
  for (let step = 1; step <= reach; step += 1) norm += 2 * step * step;
  for (let frame = 0; frame < frameCount; frame += 1) {
    for (let column = 0; column < count; column += 1) {
      let slope = 0;
      for (let step = 1; step <= reach; step += 1) {
        const after = Math.min(frame + step, frameCount - 1) * stride + from + column;
        const before = Math.max(frame - step, 0) * stride + from + column;
        slope += step * ((values[after] as number) - (values[before] as number));
      }
      values[frame * stride + to + column] = (scale * slope) / norm;
    }
  }
}
