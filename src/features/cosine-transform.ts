/**
 * Orthonormal discrete cosine transform (type II), keeping the first coefficients. Of log band
 * energies it gives cepstral coefficients: decorrelated, and lowest orders first.
 */
export class CosineTransform {
  readonly #basis: Float64Array;

  constructor(
    readonly inputLength: number,
    readonly outputLength: number,
  ) {
    this.#basis = new Float64Array(inputLength * outputLength);
    for (let order = 0; order < outputLength; order += 1) {
      const scale = Math.sqrt((order === 0 ? 1 : 2) / inputLength);
      for (let index = 0; index < inputLength; index += 1) {
        this.#basis[order * inputLength + index] =
          scale * Math.cos((Math.PI * order * (index + 0.5)) / inputLength);
      }
    }
  }

  /** Transforms `inputLength` values at `inputOffset` into `outputLength` values at `outputOffset`. */
  apply(
    input: Float32Array | Float64Array,
    inputOffset: number,
    output: Float32Array | Float64Array,
    outputOffset: number,
  ): void {
    const { inputLength, outputLength } = this;
    const basis = this.#basis;
    for (let order = 0; order < outputLength; order += 1) {
      const row = order * inputLength;
      let sum = 0;
      for (let index = 0; index < inputLength; index += 1) {
        sum += (basis[row + index] as number) * (input[inputOffset + index] as number);
      }
      output[outputOffset + order] = sum;
    }
  }
}
