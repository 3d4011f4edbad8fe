import { err, ok, type Result } from '../core/result';
import { SAMPLE_RATE_HZ } from '../core/units';

export type FileError = { readonly kind: 'file-unreadable'; readonly name: string };

/** A file longer than this is no phrase; decoding it whole could exhaust a phone's memory. */
const LARGEST_FILE_BYTES = 50 * 1024 * 1024;

/**
 * Decodes any audio file the browser can play (WAV, FLAC, MP3, Ogg, M4A …) to 16 kHz mono in [-1, 1].
 * Page thread only: workers have no decoder.
 */
export async function decodeAudioFile(file: Blob, name: string): Promise<Result<Float32Array, FileError>> {
  if (file.size > LARGEST_FILE_BYTES) return err({ kind: 'file-unreadable', name });
  try {
    const context = new OfflineAudioContext(1, 1, SAMPLE_RATE_HZ);
    const decoded = await context.decodeAudioData(await file.arrayBuffer());
    return ok(mixToMono(decoded));
  } catch {
    return err({ kind: 'file-unreadable', name });
  }
}

function mixToMono(buffer: AudioBuffer): Float32Array {
  const mono = new Float32Array(buffer.length);
  for (let channel = 0; channel < buffer.numberOfChannels; channel += 1) {
    buffer.getChannelData(channel).forEach((sample, index) => {
      mono[index] = (mono[index] as number) + sample / buffer.numberOfChannels;
    });
  }
  return mono;
}
