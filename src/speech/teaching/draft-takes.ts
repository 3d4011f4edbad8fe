import type { PhraseId, TakeId } from '../../core/ids';
import { newId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import type { EpochMs } from '../../core/units';
import type { Take } from '../../learning/records';
import type { Clip } from '../listening/clip';
import type { DraftTake, SpeechError } from '../speech-events';

interface Draft {
  readonly view: DraftTake;
  readonly clip: Clip;
}

/** Recordings of a phrase that is not saved yet: in memory only, and gone with the lock. */
export class DraftTakes {
  readonly #drafts = new Map<TakeId, Draft>();

  add(clip: Clip, source: DraftTake['source'], recordedAt: EpochMs): DraftTake {
    const { durationMs, waveform, quality } = clip;
    const view: DraftTake = { id: newId<TakeId>(), source, recordedAt, durationMs, waveform, quality };
    this.#drafts.set(view.id, { view, clip });
    return view;
  }

  discard(id: TakeId): void {
    this.#drafts.delete(id);
  }

  clear(): void {
    this.#drafts.clear();
  }

  soundOf(id: string): Float32Array | undefined {
    return this.#drafts.get(id as TakeId)?.clip.samples.slice();
  }

  /** All of them, or the first that there is not. */
  clipsOf(ids: readonly TakeId[]): Result<readonly Clip[], SpeechError> {
    const drafts = this.#all(ids);
    return drafts.ok ? ok(drafts.value.map(({ clip }) => clip)) : drafts;
  }

  /** As examples of a phrase; they stay drafts until they are discarded. */
  takesOf(
    ids: readonly TakeId[],
    phraseId: PhraseId,
  ): Result<readonly { readonly take: Take; readonly clip: Clip }[], SpeechError> {
    const drafts = this.#all(ids);
    if (!drafts.ok) return drafts;
    return ok(
      drafts.value.map(({ view, clip }) => ({
        take: { ...view, waveform: [...view.waveform], phraseId, role: 'example' },
        clip,
      })),
    );
  }

  #all(ids: readonly TakeId[]): Result<readonly Draft[], SpeechError> {
    const drafts: Draft[] = [];
    for (const id of ids) {
      const draft = this.#drafts.get(id);
      if (draft === undefined) return err({ kind: 'unknown-id', id });
      drafts.push(draft);
    }
    return ok(drafts);
  }
}
