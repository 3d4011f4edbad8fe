import type { Compute } from '../../compute/compute-contract';
import { logProbabilities, type SoftmaxNet } from '../../compute/softmax-net';
import type { Random } from '../../core/random';
import { restoredNet, savedNet, trainDenseNet } from '../dense-net';
import { headInput, headInputs } from './head-input';
import type { IntentExample } from './intent-model';
import type { TextDirections } from './text-directions';

const HIDDEN = [128];
/** Chosen on CLINC150 and BANKING77 among 30 and 80 epochs, with and without a weight on the kernels. */
const TRAINING = { epochs: 30, batchRows: 32, learningRate: 0.003, dropout: 0.1, l2: 1e-4 };

/** The space of texts that are told apart by letters alone. */
const LETTERS = 'letters';
export const spaceOf = (directions: TextDirections | undefined): string => directions?.id ?? LETTERS;

/**
 * Tells a person's intents apart with a net: 128 rectified units over the text's embedding, dropout 0.1, softmax. Plain
 * numbers once it is trained.
 */
export class DenseHead {
  /** In the order of `chances`. */
  readonly intents: readonly string[];
  /** What its inputs are made of: in another space it means nothing. */
  readonly space: string;
  readonly #net: SoftmaxNet;

  private constructor(intents: readonly string[], space: string, net: SoftmaxNet) {
    this.intents = intents;
    this.space = space;
    this.#net = net;
  }

  /**
   * @param examples of at least two intents
   * @returns `undefined` when it could not be trained now, or was aborted
   */
  static async train(
    compute: Pick<Compute, 'train'>,
    examples: readonly IntentExample[],
    directions: TextDirections | undefined,
    random: Random,
    signal: AbortSignal,
  ): Promise<DenseHead | undefined> {
    const intents = [...new Set(examples.map(({ intent }) => intent))];
    const classOf = new Map(intents.map((intent, at) => [intent, at]));
    const width = headInputs(directions);
    const inputs = new Float32Array(examples.length * width);
    for (const [row, { text }] of examples.entries()) inputs.set(headInput(text, directions), row * width);
    const labels = Int32Array.from(examples.map(({ intent }) => classOf.get(intent) ?? 0));
    const shape = { inputs: width, hidden: HIDDEN, classes: intents.length };
    const net = await trainDenseNet(compute, shape, { inputs, labels }, TRAINING, random, signal);
    return net === undefined ? undefined : new DenseHead(intents, spaceOf(directions), net);
  }

  /** @throws TypeError when the weights are of another net */
  static restore(
    { intents, space, inputs }: ReturnType<DenseHead['describe']>,
    weights: Float32Array,
  ): DenseHead {
    const net = restoredNet(weights, { inputs, hidden: HIDDEN, classes: intents.length });
    return new DenseHead(intents, space, net);
  }

  /** Chance of each intent, adding up to 1, for a text that means one of them. */
  chances(text: string, directions: TextDirections | undefined): Float64Array {
    return logProbabilities(this.#net, headInput(text, directions)).map(Math.exp);
  }

  /** Everything but the weights. */
  describe(): { readonly intents: readonly string[]; readonly space: string; readonly inputs: number } {
    return { intents: this.intents, space: this.space, inputs: this.#net.shape.inputs };
  }

  weights(): Float32Array {
    return savedNet(this.#net);
  }
}
