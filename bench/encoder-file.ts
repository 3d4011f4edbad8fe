import { readFileSync } from 'node:fs';
import { type EncoderModel, readEncoderModel } from '../src/speech/encoder/encoder-model';

const MANIFEST = 'models/encoder/manifest.json';
const WEIGHTS = 'models/encoder/encoder.bin';

export const encoderManifest: unknown = JSON.parse(readFileSync(MANIFEST, 'utf8'));

export function readEncoderBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(WEIGHTS));
}

/** The shipped encoder from the disk, for Node. Run from the root of the repository. */
export async function loadEncoderModel(): Promise<EncoderModel> {
  const model = await readEncoderModel(encoderManifest, readEncoderBytes());
  if (model.ok) return model.value;
  throw new Error(`${WEIGHTS}: ${model.error.kind}: ${model.error.detail}`);
}
