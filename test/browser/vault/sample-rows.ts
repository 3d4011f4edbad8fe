import { newId, type PhraseId, type TakeId, type UtteranceId } from '../../../src/core/ids';
import type { Result } from '../../../src/core/result';
import type {
  Interaction,
  Note,
  Phrase,
  StoredAudio,
  Take,
  TypedCommand,
} from '../../../src/learning/records';
import { Vault, type VaultOptions } from '../../../src/vault/vault';

/** Noon on 2025-03-01 UTC. */
export const NOON_MS = Date.UTC(2025, 2, 1, 12);

export const samplePhrase = (name = 'kettle on'): Phrase => ({
  id: newId<PhraseId>(),
  name,
  action: { kind: 'speak', text: `Please put the ${name}` },
  createdAt: NOON_MS,
  updatedAt: NOON_MS,
});

const quality = { flaws: [], peakDb: -12.5, signalToNoiseDb: 31 };

export const sampleTake = (phraseId: PhraseId): Take => ({
  id: newId<TakeId>(),
  phraseId,
  role: 'example',
  source: 'microphone',
  recordedAt: NOON_MS,
  durationMs: 812.5,
  waveform: [0, 0.25, 1],
  quality,
});

export const sampleAudio = (id: TakeId | UtteranceId, byteLength = 2_000): StoredAudio => ({
  id,
  pcm16: Uint8Array.from({ length: byteLength }, (_, at) => at & 0xff),
});

export const sampleNote = (text: string): Note => ({
  id: newId(),
  text,
  createdAt: NOON_MS,
  updatedAt: NOON_MS,
});

/** Without `phraseId` and `correction`: optional fields must stay absent, not turn into null. */
export const sampleInteraction = (): Interaction => ({
  id: newId<UtteranceId>(),
  heardAt: NOON_MS,
  durationMs: 640,
  waveform: [0.5],
  quality,
  recognition: { outcome: 'unknown', candidates: [], scorers: ['template'], decisionMs: 12.25 },
  action: { kind: 'not-run' },
});

export const sampleTyped = (text: string): TypedCommand => ({
  kind: 'typed',
  id: newId<UtteranceId>(),
  heardAt: NOON_MS,
  text,
  target: { kind: 'app', name: 'notes' },
  confidence: 0.75,
  action: { kind: 'done', detail: '' },
});

let made = 0;

/** A vault of its own for every test. The name lets a second instance open the same one. */
export function freshVault(options: Omit<VaultOptions, 'name'> = {}): {
  readonly vault: Vault;
  readonly name: string;
} {
  made += 1;
  const name = `test-${made}-${crypto.randomUUID()}`;
  return { vault: new Vault({ ...options, name }), name };
}

/** The value of a call that must have worked. */
export async function worked<T, E>(answer: Promise<Result<T, E>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(`the call failed: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The error of a call that must have failed. */
export async function failed<T, E>(answer: Promise<Result<T, E>>): Promise<E> {
  const result = await answer;
  if (result.ok) throw new Error(`the call worked: ${JSON.stringify(result.value)}`);
  return result.error;
}
