import { fromPcm16, toPcm16 } from '../../audio/pcm16';
import type { PhraseId, TakeId, UtteranceId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import { epochMs } from '../../core/units';
import { extractFeatures } from '../../features/feature-extractor';
import type { UtteranceEmbedding } from '../../features/utterance-features';
import type { Take } from '../../learning/records';
import type { RecordStore, VaultError, VaultWrite } from '../../vault/vault-types';
import type { Clip } from '../listening/clip';
import type { Exemplar } from '../recognition/scorer';
import { TRAINED_MODEL_IDS } from '../tuning/adapter-codec';
import type { VoiceTake } from '../voice/voice-profile';

/** A phrase keeps at most this many of each role; more cost time and teach little (`speech.md`). */
const MOST_TAKES_PER_ROLE = 10;

export interface LearntTake {
  readonly take: Take;
  readonly exemplar: Exemplar;
}

/** The takes of the open vault, with their features; the sound itself stays in the vault. */
export class TakeLibrary {
  readonly #store: RecordStore;
  readonly #takes = new Map<TakeId, LearntTake>();

  constructor(store: RecordStore) {
    this.#store = store;
  }

  get all(): readonly LearntTake[] {
    return [...this.#takes.values()];
  }

  /** Examples only, as a scorer is trained on them. */
  get examples(): readonly Exemplar[] {
    return this.all.filter(({ take }) => take.role === 'example').map(({ exemplar }) => exemplar);
  }

  /** Examples whose voice is known, as a voice profile is made of them. */
  get voiceTakes(): readonly VoiceTake[] {
    return this.all.flatMap(({ take, exemplar: { features } }) =>
      take.role !== 'example' || features.embedding === undefined
        ? []
        : [
            {
              takeId: take.id,
              phraseId: take.phraseId,
              recordedAt: epochMs(take.recordedAt),
              voiceprint: features.embedding.speaker,
            },
          ],
    );
  }

  has(id: TakeId): boolean {
    return this.#takes.has(id);
  }

  async load(): Promise<Result<readonly LearntTake[], VaultError>> {
    const takes = await this.#store.list('takes');
    if (!takes.ok) return takes;
    const phrases = await this.#store.list('phrases');
    if (!phrases.ok) return phrases;
    const known = new Set(phrases.value.rows.map(({ id }) => id));
    this.clear();
    const mine = takes.value.rows.filter(({ phraseId }) => known.has(phraseId));
    const sounds = await Promise.all(mine.map(({ id }) => this.#store.get('audio', id)));
    for (const [index, take] of mine.entries()) {
      const sound = sounds[index];
      if (sound === undefined) continue;
      if (!sound.ok) return sound;
      if (sound.value !== undefined) this.add(take, extractFeatures(fromPcm16(sound.value.pcm16)));
    }
    return ok(this.all);
  }

  clear(): void {
    this.#takes.clear();
  }

  add(take: Take, features: Exemplar['features']): LearntTake {
    const learnt = { take, exemplar: { takeId: take.id, phraseId: take.phraseId, features } };
    this.#takes.set(take.id, learnt);
    return learnt;
  }

  /** Replaces the features of a take by the same with their embedding. Unknown ids are ignored. */
  addEmbedding(id: TakeId, embedding: UtteranceEmbedding): void {
    const known = this.#takes.get(id);
    if (known !== undefined) this.add(known.take, { ...known.exemplar.features, embedding });
  }

  remove(id: TakeId): void {
    this.#takes.delete(id);
  }

  ofPhrase(phraseId: PhraseId): readonly LearntTake[] {
    return this.all.filter(({ take }) => take.phraseId === phraseId);
  }

  /** With what is known of each; counter-examples are left out. */
  get exampleTakes(): readonly LearntTake[] {
    return this.all.filter(({ take }) => take.role === 'example');
  }

  /** Takes that an earlier correction of this utterance made. */
  madeFrom(utteranceId: UtteranceId): readonly LearntTake[] {
    return this.all.filter(({ take }) => take.utteranceId === utteranceId);
  }

  /** Which take to let go so that one more of this role fits: the oldest that a correction made, else none. */
  surplusFor(phraseId: PhraseId, role: Take['role']): readonly LearntTake[] {
    const sameRole = this.ofPhrase(phraseId).filter(({ take }) => take.role === role);
    if (sameRole.length < MOST_TAKES_PER_ROLE) return [];
    return sameRole
      .filter(({ take }) => take.source === 'correction')
      .sort((a, b) => a.take.recordedAt - b.take.recordedAt)
      .slice(0, 1);
  }
}

export const putTake = (take: Take, clip: Clip): VaultWrite[] => [
  { op: 'put', table: 'takes', row: take },
  { op: 'put', table: 'audio', row: { id: take.id, pcm16: toPcm16(clip.samples) } },
];

/** What was trained goes with it, in the same transaction: it was learnt from this take too. */
export const deleteTake = (id: TakeId): VaultWrite[] => [
  { op: 'delete', table: 'takes', id },
  { op: 'delete', table: 'audio', id },
  ...TRAINED_MODEL_IDS.map((id): VaultWrite => ({ op: 'delete', table: 'models', id })),
];

/** Sound of a stored take or utterance. */
export async function storedSound(
  store: RecordStore,
  id: TakeId | UtteranceId,
): Promise<Result<Float32Array, VaultError | { readonly kind: 'unknown-id'; readonly id: string }>> {
  const row = await store.get('audio', id);
  if (!row.ok) return row;
  return row.value === undefined ? err({ kind: 'unknown-id', id }) : ok(fromPcm16(row.value.pcm16));
}
