/** Just enough of protocol buffers to write an ONNX model (onnx.proto3), for tests. */

export type Bytes = readonly number[] | Uint8Array;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...bytes, left];
};

const whole = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const nested = (field: number, bytes: Bytes): number[] => [
  ...varint(field * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];
const named = (field: number, name: string): number[] => nested(field, new TextEncoder().encode(name));

const FLOAT = 1;
const INT64 = 7;

export function floats(name: string, dims: readonly number[], values: Float32Array): number[] {
  return tensor(name, dims, FLOAT, new Uint8Array(values.buffer));
}

export function wholes(name: string, values: readonly number[]): number[] {
  return tensor(
    name,
    [values.length],
    INT64,
    new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer),
  );
}

function tensor(name: string, dims: readonly number[], type: number, raw: Uint8Array): number[] {
  return [...dims.flatMap((dim) => whole(1, dim)), ...whole(2, type), ...named(8, name), ...nested(9, raw)];
}

/** Whole numbers or lists of them; `float` for the only kind of another type. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

export function node(
  kind: string,
  inputs: readonly string[],
  output: string,
  attributes: Attributes = {},
): number[] {
  return [
    ...inputs.flatMap((input) => named(1, input)),
    ...named(2, output),
    ...named(4, kind),
    ...Object.entries(attributes).flatMap(([name, value]) => nested(5, attribute(name, value))),
  ];
}

/** Types: 1 is a float, 2 a whole number, 7 several. A negative number takes ten bytes. */
function attribute(name: string, value: Attributes[string]): number[] {
  const number = (field: number, one: number): number[] =>
    one >= 0
      ? whole(field, one)
      : [...varint(field * 8), 256 + one, ...Array<number>(8).fill(255), 1].map((byte, at) =>
          at > 0 && at < 9 ? byte | 128 : byte,
        );
  if (typeof value === 'number') return [...named(1, name), ...number(3, value), ...whole(20, 2)];
  if ('float' in value)
    return [
      ...named(1, name),
      ...varint(2 * 8 + 5),
      ...new Uint8Array(Float32Array.of(value.float).buffer),
      ...whole(20, 1),
    ];
  return [...named(1, name), ...value.flatMap((one) => number(8, one)), ...whole(20, 7)];
}

/** A tensor with dimensions of any size by name, or of a certain one. */
function value(name: string, type: number, dims: readonly (string | number)[]): number[] {
  const shape = dims.flatMap((dim) => nested(1, typeof dim === 'string' ? named(2, dim) : whole(1, dim)));
  return [...named(1, name), ...nested(2, nested(1, [...whole(1, type), ...nested(2, shape)]))];
}

export function model(graph: {
  readonly nodes: readonly Bytes[];
  readonly weights: readonly Bytes[];
  readonly inputs: readonly string[];
  readonly output: { readonly name: string; readonly width: number };
}): Uint8Array<ArrayBuffer> {
  const { nodes, weights, inputs, output } = graph;
  const written = [
    ...nodes.flatMap((one) => nested(1, one)),
    ...named(2, 'encoder'),
    ...weights.flatMap((one) => nested(5, one)),
    ...inputs.flatMap((name) => nested(11, value(name, INT64, ['batch', 'tokens']))),
    ...nested(12, value(output.name, FLOAT, ['batch', 'tokens', output.width])),
  ];
  return Uint8Array.from([
    ...whole(1, 8),
    ...nested(7, written),
    ...nested(8, [...named(1, ''), ...whole(2, 17)]),
  ]);
}
