import weightsUrl from '../../../models/encoder/encoder.bin?url';
import manifest from '../../../models/encoder/manifest.json';
import type { EncoderWeights } from '../../../src/compute/encoder-weights';
import { readEncoderModel } from '../../../src/speech/encoder/encoder-model';
import { fetchEncoder } from '../../../src/speech/encoder/fetch-encoder';

/** The shipped encoder, fetched as the speech worker fetches it. */
export async function shippedWeights(): Promise<EncoderWeights> {
  const bytes = await fetchEncoder(weightsUrl);
  const model = bytes.ok ? await readEncoderModel(manifest, bytes.value) : bytes;
  if (!model.ok) throw new Error(`${model.error.kind}: ${model.error.detail}`);
  return model.value.weights;
}
