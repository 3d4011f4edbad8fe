import { loadEncoderModel } from '../../bench/encoder-file';
import { createCompute } from '../../src/compute/compute';
import type { Compute } from '../../src/compute/compute-contract';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import type { TunableEncoder } from '../../src/speech/encoder/encoder-model';
import type { Exemplar } from '../../src/speech/recognition/scorer';

/** The shipped encoder on WASM, for sounds that are made up. */
export interface Encoding {
  readonly compute: Compute;
  readonly encoder: TunableEncoder;
  encode(features: UtteranceFeatures): Promise<UtteranceFeatures>;
  encodeAll(exemplars: readonly Exemplar[]): Promise<Exemplar[]>;
}

export async function startEncoding(): Promise<Encoding> {
  const compute = createCompute();
  await compute.start('wasm');
  const { weights, version } = await loadEncoderModel();
  await compute.loadEncoder(weights);
  const encode = async (features: UtteranceFeatures): Promise<UtteranceFeatures> => {
    const encoded = await compute.encode(features.logMel);
    if (!encoded.ok) throw new Error(JSON.stringify(encoded.error));
    return { ...features, embedding: encoded.value };
  };
  return {
    compute,
    encoder: { ...weights, version },
    encode,
    async encodeAll(exemplars) {
      const encoded: Exemplar[] = [];
      for (const exemplar of exemplars) {
        encoded.push({ ...exemplar, features: await encode(exemplar.features) });
      }
      return encoded;
    },
  };
}
