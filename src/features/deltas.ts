/**
 * First derivatives by linear regression over `reach` frames on either side (Furui, 1986). Beyond the
 * ends the outermost frame is repeated.
 *
 * @param values row-major, `stride` values a frame
 * @param from column of the first value to differentiate
 * @param count how many columns
 * @param to column that receives the first derivative; may not overlap the source columns
 */
export function writeDeltas(
  values: Float32Array,
  stride: number,
  { from, count, to, reach = 2 }: { from: number; count: number; to: number; reach?: number },
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
      values[frame * stride + to + column] = slope / norm;
    }
  }
}
