import {
  AdamOptimizer,
  add,
  depthwiseConv2d,
  dispose,
  div,
  matMul,
  maximum,
  mul,
  pad,
  step as positive,
  relu,
  reshape,
  reverse,
  slice,
  softmax,
  sqrt,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tidy,
  transpose,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { assert } from '../core/assert';
import { type AdapterBatch, type AdapterClips, drawBatches } from './adapter-batches';
import { ADAPTER_PARTS, type AdapterPart } from './adapter-parts';
import type { EncoderAdapter } from './encoder-adapter';
import type { Trainer } from './trainer';

export interface AdapterTrainingOptions {
  readonly steps: number;
  readonly learningRate: number;
  /** Weight, in the loss, of how far the head moved from where it began, and a tenth of it of the block's weights. */
  readonly keep: number;
  /** Share of the encoder's channels that a clip does without in a step, [0, 1). */
  readonly dropout: number;
  /** Clips a step sees, at most. */
  readonly clips: number;
  readonly seed: number;
}

/** One adapter to train. Everything is copied; nothing is moved. */
export interface AdapterJob {
  readonly initial: EncoderAdapter;
  readonly clips: AdapterClips;
  /** Added to variances before the root is taken. */
  readonly poolingFloor: number;
  readonly options: AdapterTrainingOptions;
}

export type AdapterTensors = Readonly<Record<AdapterPart, Tensor2D>>;

/** How many times a cosine counts in the softmax over phrases. */
const COSINE_SCALE = 20;
/** Keeps a phrase that is not among the clips of a step out of its softmax. */
const ABSENT = -1e4;
const LEAST_SQUARE = 1e-8;
const LEAST_COSINE_SQUARE = 1e-4;
/** The block's weights may be what they like; this keeps them from growing without need. */
const BLOCK_KEEP = 0.1;

/** Every part as a matrix; biases as one row. */
export function uploadAdapter(adapter: EncoderAdapter): AdapterTensors {
  const { channels, width, head, ...parts } = adapter;
  return {
    down: tensor2d(parts.down, [channels, width]),
    downBias: tensor2d(parts.downBias, [1, width]),
    depthwise: tensor2d(parts.depthwise, [parts.depthwise.length / width, width]),
    up: tensor2d(parts.up, [width, channels]),
    kernel: tensor2d(head.kernel, [2 * channels, head.bias.length]),
    bias: tensor2d(head.bias, [1, head.bias.length]),
  };
}

/** A batch on the active backend. Rows of `frames` are clip after clip, `[clips · longest, channels]`. */
interface UploadedBatch {
  readonly frames: Tensor2D;
  readonly mask: Tensor2D;
  /** One over the number of frames of each clip: `[clips, 1]`. */
  readonly perFrame: Tensor2D;
  /** `[clips, phrases]` */
  readonly isOwn: Tensor2D;
  /** Zero for phrases of the batch, `ABSENT` for others: `[1, phrases]`. */
  readonly absence: Tensor2D;
  /** What each clip counts for: nothing where it is the only one of its phrase. `[clips, 1]` */
  readonly weight: Tensor2D;
}

function upload(batch: AdapterBatch, channels: number): UploadedBatch {
  const { clipCount, longest, phraseCount } = batch;
  return {
    frames: tensor2d(batch.frames, [clipCount * longest, channels]),
    mask: tensor2d(batch.mask, [clipCount * longest, 1]),
    perFrame: tensor2d(batch.perFrame, [clipCount, 1]),
    isOwn: tensor2d(batch.isOwn, [clipCount, phraseCount]),
    absence: tensor2d(
      batch.isPresent.map((isPresent) => (isPresent ? 0 : ABSENT)),
      [1, phraseCount],
    ),
    weight: tensor2d(batch.weight, [clipCount, 1]),
  };
}

/**
 * Gradient of the cross-entropy of each clip's cosines to the prototypes of all phrases, its own prototype made without
 * it. Prototypes are taken as they are: they follow, because each clip is part of one. Written out with kernels that
 * every backend has; tfjs's own gradients of depthwise convolutions are missing on WebAssembly.
 *
 * Call it inside `tidy`.
 */
export function adapterGradients(
  parts: AdapterTensors,
  batch: AdapterBatch,
  { channels, poolingFloor }: { readonly channels: number; readonly poolingFloor: number },
): AdapterTensors {
  const { clipCount, longest } = batch;
  const { frames, mask, perFrame, isOwn, absence, weight } = upload(batch, channels);
  const width = parts.down.shape[1];
  const taps = parts.depthwise.shape[0];
  const image = (rows: Tensor2D): Tensor4D => reshape(rows, [clipCount, 1, longest, rows.shape[1]]);
  const rowsOf = (one: Tensor): Tensor2D => reshape(one, [clipCount * longest, one.shape.at(-1) ?? 1]);
  const kernel: Tensor4D = reshape(parts.depthwise, [1, taps, width, 1]);
  /** A row a clip → that row for each of its frames, and back by adding up. */
  const spread = (perClip: Tensor2D): Tensor2D =>
    rowsOf(mul(reshape(perClip, [clipCount, 1, 1, perClip.shape[1]]), image(mask)));
  const gathered = (rows: Tensor2D): Tensor2D => reshape(sum(image(rows), 2), [clipCount, rows.shape[1]]);

  const narrow: Tensor2D = mul(relu(add(matMul(frames, parts.down), parts.downBias)), mask);
  const mixed = rowsOf(depthwiseConv2d(image(narrow), kernel, 1, 'same'));
  const adapted: Tensor2D = mul(relu(add(frames, matMul(mixed, parts.up))), mask);
  const mean: Tensor2D = mul(gathered(adapted), perFrame);
  const centred: Tensor2D = mul(sub(adapted, spread(mean)), mask);
  const deviation: Tensor2D = sqrt(add(mul(gathered(mul(centred, centred)), perFrame), poolingFloor));
  const pooled: Tensor2D = reshape(stack([mean, deviation], 1), [clipCount, 2 * channels]);
  const raw: Tensor2D = add(matMul(pooled, parts.kernel), parts.bias);
  const length: Tensor2D = sqrt(maximum(sum(mul(raw, raw), 1, true), LEAST_SQUARE));
  const embedding: Tensor2D = div(raw, length);

  const sums: Tensor2D = matMul(transpose(isOwn), embedding);
  const dots: Tensor2D = matMul(embedding, transpose(sums));
  const squares: Tensor2D = reshape(sum(mul(sums, sums), 1), [1, sums.shape[0]]);
  const withoutOwn: Tensor2D = sub(squares, mul(isOwn, sub(mul(dots, 2), 1)));
  const lengths: Tensor2D = sqrt(maximum(withoutOwn, LEAST_COSINE_SQUARE));
  const cosines: Tensor2D = div(sub(dots, isOwn), lengths);
  const chances = softmax(add(mul(cosines, COSINE_SCALE), absence));
  const byCosine: Tensor2D = mul(sub(chances, isOwn), mul(weight, COSINE_SCALE));
  const byDot: Tensor2D = div(byCosine, lengths);
  const ownShare: Tensor2D = sum(mul(byDot, isOwn), 1, true);
  const byEmbedding: Tensor2D = sub(matMul(byDot, sums), mul(embedding, ownShare));
  const along: Tensor2D = sum(mul(byEmbedding, embedding), 1, true);
  const byRaw: Tensor2D = div(sub(byEmbedding, mul(embedding, along)), length);

  const byPooled: Tensor2D = matMul(byRaw, transpose(parts.kernel));
  const byMean: Tensor2D = mul(slice(byPooled, [0, 0], [clipCount, channels]), perFrame);
  const byDeviation: Tensor2D = mul(
    div(slice(byPooled, [0, channels], [clipCount, channels]), deviation),
    perFrame,
  );
  const byAdapted: Tensor2D = mul(add(spread(byMean), mul(centred, spread(byDeviation))), positive(adapted));
  const byMixed: Tensor2D = matMul(byAdapted, transpose(parts.up));
  const byNarrow: Tensor2D = mul(
    rowsOf(depthwiseConv2d(image(byMixed), reverse(kernel, 1), 1, 'same')),
    positive(narrow),
  );
  const beyond = Math.floor(taps / 2);
  const padded = pad(image(narrow), [
    [0, 0],
    [0, 0],
    [beyond, beyond],
    [0, 0],
  ]);
  const byTap = Array.from({ length: taps }, (_, tap) =>
    sum(mul(rowsOf(slice(padded, [0, 0, tap, 0], [clipCount, 1, longest, width])), byMixed), 0),
  );
  return {
    down: matMul(transpose(frames), byNarrow),
    downBias: sum(byNarrow, 0, true),
    depthwise: stack(byTap, 0) as Tensor2D,
    up: matMul(transpose(mixed), byAdapted),
    kernel: matMul(transpose(pooled), byRaw),
    bias: sum(byRaw, 0, true),
  };
}

/**
 * Teaches an adapter to tell one person's phrases apart: few-shot prototypes (Snell et al., 1703.05175) that leave the
 * clip out that is compared with them, channel dropout, and a pull back towards the shipped encoder; Adam. Loads tfjs:
 * import this file lazily. Call `dispose` when done.
 */
export function createAdapterTrainer(job: AdapterJob): Trainer<EncoderAdapter> {
  const { initial, clips, poolingFloor, options } = job;
  const { channels } = initial;
  assert(clips.labels.length > 0, 'there are clips to train on');
  const beginning = uploadAdapter(initial);
  const parts = Object.fromEntries(
    ADAPTER_PARTS.map((part) => [part, variable(beginning[part])]),
  ) as unknown as Readonly<Record<AdapterPart, Variable & Tensor2D>>;
  const optimizer = new AdamOptimizer(options.learningRate, 0.9, 0.999, 1e-8);
  const nextBatch = drawBatches(clips, channels, options);

  function pulledBack(part: AdapterPart, gradient: Tensor2D): Tensor {
    const isHead = part === 'kernel' || part === 'bias';
    return isHead
      ? add(gradient, mul(sub(parts[part], beginning[part]), 2 * options.keep))
      : add(gradient, mul(parts[part], 2 * BLOCK_KEEP * options.keep));
  }

  return {
    step() {
      const batch = nextBatch();
      tidy(() => {
        const gradients = adapterGradients(parts, batch, { channels, poolingFloor });
        optimizer.applyGradients(
          ADAPTER_PARTS.map((part) => ({
            name: parts[part].name,
            tensor: pulledBack(part, gradients[part]),
          })),
        );
      });
    },
    async settle() {
      await parts.bias.data();
    },
    async read() {
      const read = await Promise.all(ADAPTER_PARTS.map((part) => parts[part].data()));
      const [down, downBias, depthwise, up, kernel, bias] = read.map((data) => Float32Array.from(data));
      assert(down && downBias && depthwise && up && kernel && bias, 'every part is read');
      return { channels, width: initial.width, down, downBias, depthwise, up, head: { kernel, bias } };
    },
    dispose() {
      optimizer.dispose();
      dispose([...Object.values(beginning), ...Object.values(parts)]);
    },
  };
}
