import type { PhraseId, TakeId } from '../../core/ids';
import { ok, type Result } from '../../core/result';
import type { EpochMs } from '../../core/units';
import type { Phrase, Take } from '../../learning/records';
import type { RecordStore, VaultWrite } from '../../vault/vault-types';
import type { Clip } from '../listening/clip';
import type { Clash } from '../recognition/phrase-strength';
import type { DraftTake, SpeechError } from '../speech-events';
import { storeRows } from '../store-rows';
import { DraftTakes } from './draft-takes';
import type { LearntPhrases } from './learnt-phrases';
import { deleteTake, putTake } from './take-library';

export interface PhraseTeachingOptions {
  readonly store: RecordStore;
  readonly learnt: LearntPhrases;
  /** A recording by microphone was kept. */
  readonly onMicrophoneTake: (clip: Clip) => void;
  /** After takes are gone from the vault and from what is learnt. */
  readonly onForgotten: () => void;
}

/** Phrases come to be, get more recordings, and are forgotten: first in the vault, then in what is learnt of them. */
export class PhraseTeaching {
  readonly #with: PhraseTeachingOptions;
  readonly #drafts = new DraftTakes();

  constructor(options: PhraseTeachingOptions) {
    this.#with = options;
  }

  draft(clip: Clip, source: DraftTake['source'], recordedAt: EpochMs): DraftTake {
    return this.#drafts.add(clip, source, recordedAt);
  }

  discardDraft(id: TakeId): void {
    this.#drafts.discard(id);
  }

  /** For a locked vault. */
  discardAll(): void {
    this.#drafts.clear();
  }

  draftSound(id: string): Float32Array | undefined {
    return this.#drafts.soundOf(id);
  }

  clashes(drafts: readonly TakeId[], except?: PhraseId): Result<readonly Clash[], SpeechError> {
    const clips = this.#drafts.clipsOf(drafts);
    if (!clips.ok) return clips;
    const recordings = clips.value.map(({ features }) => features);
    return ok(this.#with.learnt.clashes(recordings, except));
  }

  async savePhrase(
    phrase: Phrase,
    draftIds: readonly TakeId[],
  ): Promise<Result<readonly Take[], SpeechError>> {
    const { learnt, onMicrophoneTake } = this.#with;
    const drafted = this.#drafts.takesOf(draftIds, phrase.id);
    if (!drafted.ok) return drafted;
    const takes = drafted.value;
    const written = await storeRows(this.#with.store, [
      { op: 'put', table: 'phrases', row: phrase },
      ...takes.flatMap(({ take, clip }) => putTake(take, clip)),
    ]);
    if (!written.ok) return written;
    for (const { take, clip } of takes) {
      this.#drafts.discard(take.id);
      learnt.add(take, clip.features);
      if (take.source === 'microphone') onMicrophoneTake(clip);
    }
    if (takes.length > 0) learnt.retrain();
    return ok(takes.map(({ take }) => take));
  }

  forgetTake(id: TakeId): Promise<Result<void, SpeechError>> {
    return this.#forget([id], []);
  }

  forgetPhrase(id: PhraseId): Promise<Result<void, SpeechError>> {
    const takeIds = this.#with.learnt.library.ofPhrase(id).map(({ take }) => take.id);
    return this.#forget(takeIds, [{ op: 'delete', table: 'phrases', id }]);
  }

  async #forget(ids: readonly TakeId[], writes: readonly VaultWrite[]): Promise<Result<void, SpeechError>> {
    const written = await storeRows(this.#with.store, [...writes, ...ids.flatMap((id) => deleteTake(id))]);
    if (!written.ok) return written;
    this.#with.learnt.forget(ids);
    this.#with.onForgotten();
    return written;
  }
}
