import type { Compute } from '../../src/compute/compute-contract';
import { ok } from '../../src/core/result';
import type { TunableEncoder } from '../../src/speech/encoder/encoder-model';
import { UtteranceEncoder } from '../../src/speech/encoder/utterance-encoder';
import { encoderManifest, readEncoderBytes } from '../encoder-file';
import { type Hear, hearPlainly } from './speaker-clips';

/**
 * Hears as the app does, the shipped encoder included.
 *
 * @param compute started; there can be one only, because tfjs is global
 * @throws Error when the encoder cannot be used; templates alone would pass for the app
 */
export async function createEar(compute: Compute): Promise<{
  readonly hear: Hear;
  readonly strangers: readonly Float32Array[];
  readonly tunable: TunableEncoder;
}> {
  const encoder = new UtteranceEncoder({
    compute,
    manifest: encoderManifest,
    fetchWeights: async () => ok(readEncoderBytes()),
  });
  const status = await encoder.load();
  if (status.kind !== 'ready') throw new Error(`No encoder: ${JSON.stringify(status)}`);
  const hear: Hear = async (samples) => {
    const features = await hearPlainly(samples);
    const heard = features && (await encoder.encode(features));
    if (heard !== undefined && heard.embedding === undefined && heard.logMel.frameCount > 0) {
      throw new Error('The encoder gave no embedding.');
    }
    return heard;
  };
  const { strangers, tunable } = encoder;
  if (tunable === undefined) throw new Error('The encoder is ready, but was not read.');
  return { hear, strangers, tunable };
}
