import { useEffect, useRef, useState } from 'react';
import type { TakeId } from '../../core/ids';
import type { Result } from '../../core/result';
import type { DraftTake, ImportProgress, TakeError } from '../../echo';
import type { SampleGroup } from '../components/samples-dialog';
import { useEcho } from '../echo-context';

export const MOST_TAKES = 5;

/** Why a recording was not added. */
export type DraftFailure =
  | TakeError
  /** Files came while another recording or import was under way. */
  | { readonly kind: 'busy' }
  /** There is no room for so many of the files. */
  | { readonly kind: 'too-many'; readonly count: number };

export interface Drafts {
  readonly takes: readonly DraftTake[];
  readonly isRecording: boolean;
  readonly importing: ImportProgress | undefined;
  /** Recording or importing. */
  readonly isBusy: boolean;
  /** How many would be lost on leaving now. */
  readonly atRisk: number;
  readonly failures: readonly DraftFailure[];
  readonly room: number;
  /** Records one take; with `instead`, it takes the place of that one. */
  readonly record: (instead?: TakeId) => Promise<void>;
  readonly importFiles: (files: readonly File[]) => Promise<void>;
  readonly addSamples: (group: SampleGroup) => Promise<void>;
  /** Stops recording or importing. */
  readonly stop: () => void;
  readonly discard: (id: TakeId) => void;
  /**
   * Saves the takes there are. They are out of harm's way meanwhile: leaving discards them only if that fails.
   *
   * @returns whether they were saved and somebody is still here
   */
  readonly save: (store: (ids: readonly TakeId[]) => Promise<boolean>) => Promise<boolean>;
}

/** The takes recorded while teaching, until they are saved; what is not saved is discarded on leaving. */
export function useDrafts(existingCount: number): Drafts {
  const echo = useEcho();
  const [takes, setTakes] = useState<readonly DraftTake[]>([]);
  const [isRecording, setIsRecording] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [importing, setImporting] = useState<ImportProgress>();
  const [failures, setFailures] = useState<readonly DraftFailure[]>([]);
  /** The one recording or import under way. */
  const underWay = useRef<AbortController>(undefined);
  const unsaved = useRef<readonly DraftTake[]>([]);
  const beingSaved = useRef<readonly TakeId[]>([]);
  const isGone = useRef(false);
  const room = Math.max(0, MOST_TAKES - existingCount - takes.length);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      underWay.current?.abort();
      const atRisk = unsaved.current.filter((draft) => !beingSaved.current.includes(draft.id));
      for (const draft of atRisk) void echo.phrases.discardDraft(draft.id);
    };
  }, [echo]);

  function change(next: readonly DraftTake[]): void {
    unsaved.current = next;
    setTakes(next);
  }

  /** `undefined` while something else is under way: only one thing at a time can be stopped. */
  function begin(): AbortSignal | undefined {
    if (underWay.current !== undefined) return undefined;
    underWay.current = new AbortController();
    setFailures([]);
    return underWay.current.signal;
  }

  function finish(results: readonly Result<DraftTake, TakeError>[], instead?: TakeId): void {
    underWay.current = undefined;
    const added = results.flatMap((result) => (result.ok ? [result.value] : []));
    if (isGone.current) {
      // Nobody is there to save what arrives after leaving.
      for (const draft of added) void echo.phrases.discardDraft(draft.id);
      return;
    }
    setIsRecording(false);
    setImporting(undefined);
    if (added.length > 0) {
      if (instead !== undefined) void echo.phrases.discardDraft(instead);
      change([...unsaved.current.filter((take) => take.id !== instead), ...added]);
    }
    setFailures(
      results.flatMap((result) => (result.ok || result.error.kind === 'cancelled' ? [] : [result.error])),
    );
  }

  return {
    takes,
    isRecording,
    importing,
    isBusy: isRecording || importing !== undefined,
    atRisk: isSaving ? 0 : takes.length,
    failures,
    room,
    async record(instead) {
      const signal = begin();
      if (signal === undefined) return;
      setIsRecording(true);
      finish([await echo.phrases.recordTake(signal)], instead);
    },
    async importFiles(files) {
      const wanted = files.slice(0, room);
      if (wanted.length === 0) return;
      const signal = begin();
      if (signal === undefined) return setFailures([{ kind: 'busy' }]);
      setImporting({ done: 0, total: wanted.length });
      finish(await echo.phrases.importTakes(wanted, { signal, onProgress: setImporting }));
      const leftOut = files.length - wanted.length;
      if (leftOut > 0 && !isGone.current)
        setFailures((failed) => [...failed, { kind: 'too-many', count: leftOut }]);
    },
    async addSamples(group) {
      const signal = begin();
      if (signal === undefined) return setFailures([{ kind: 'busy' }]);
      const results: Result<DraftTake, TakeError>[] = [];
      const wanted = group.clips.slice(0, room);
      for (const [done, clip] of wanted.entries()) {
        if (signal.aborted) break;
        setImporting({ done, total: wanted.length });
        results.push(await echo.phrases.sampleTake(clip.id));
      }
      finish(results);
    },
    stop: () => underWay.current?.abort(),
    discard(id) {
      void echo.phrases.discardDraft(id);
      change(unsaved.current.filter((take) => take.id !== id));
    },
    async save(store) {
      if (isGone.current) return false;
      const ids = unsaved.current.map((take) => take.id);
      beingSaved.current = ids;
      setIsSaving(true);
      const isSaved = await store(ids);
      beingSaved.current = [];
      if (isGone.current) {
        if (!isSaved) for (const id of ids) void echo.phrases.discardDraft(id);
        return false;
      }
      setIsSaving(false);
      if (isSaved) change(unsaved.current.filter((take) => !ids.includes(take.id)));
      return isSaved;
    },
  };
}
