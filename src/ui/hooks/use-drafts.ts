import { useCallback, useEffect, useRef, useState } from 'react';
import type { TakeId } from '../../core/ids';
import type { Result } from '../../core/result';
import type { DraftTake, ImportProgress, TakeError } from '../../echo';
import type { SampleGroup } from '../components/samples-dialog';
import { useEcho } from '../echo-context';

export const MOST_TAKES = 5;

export interface Drafts {
  readonly takes: readonly DraftTake[];
  readonly isRecording: boolean;
  readonly importing: ImportProgress | undefined;
  readonly failures: readonly TakeError[];
  readonly room: number;
  /** Records one take; with `instead`, it takes the place of that one. */
  readonly record: (instead?: TakeId) => Promise<void>;
  readonly importFiles: (files: readonly File[]) => Promise<void>;
  readonly addSamples: (group: SampleGroup) => Promise<void>;
  /** Stops recording or importing. */
  readonly stop: () => void;
  readonly discard: (id: TakeId) => void;
  /** They were saved: they are no drafts any more. */
  readonly keep: () => void;
}

/** The takes recorded while teaching, until they are saved; what is not saved is discarded on leaving. */
export function useDrafts(existingCount: number): Drafts {
  const echo = useEcho();
  const [takes, setTakes] = useState<readonly DraftTake[]>([]);
  const [isRecording, setIsRecording] = useState(false);
  const [importing, setImporting] = useState<ImportProgress>();
  const [failures, setFailures] = useState<readonly TakeError[]>([]);
  const abort = useRef<AbortController>(undefined);
  const unsaved = useRef<readonly DraftTake[]>([]);
  const room = Math.max(0, MOST_TAKES - existingCount - takes.length);

  const change = useCallback((next: readonly DraftTake[]) => {
    unsaved.current = next;
    setTakes(next);
  }, []);

  useEffect(
    () => () => {
      abort.current?.abort();
      for (const draft of unsaved.current) void echo.phrases.discardDraft(draft.id);
    },
    [echo],
  );

  const receive = useCallback(
    (results: readonly Result<DraftTake, TakeError>[], instead?: TakeId) => {
      const added = results.flatMap((result) => (result.ok ? [result.value] : []));
      if (added.length > 0) {
        if (instead !== undefined) void echo.phrases.discardDraft(instead);
        const kept = unsaved.current.filter((take) => take.id !== instead);
        change([...kept, ...added]);
      }
      setFailures(
        results.flatMap((result) => (result.ok || result.error.kind === 'cancelled' ? [] : [result.error])),
      );
    },
    [change, echo],
  );

  return {
    takes,
    isRecording,
    importing,
    failures,
    room,
    async record(instead) {
      const controller = new AbortController();
      abort.current = controller;
      setFailures([]);
      setIsRecording(true);
      const result = await echo.phrases.recordTake(controller.signal);
      setIsRecording(false);
      receive([result], instead);
    },
    async importFiles(files) {
      const controller = new AbortController();
      abort.current = controller;
      const wanted = files.slice(0, room);
      if (wanted.length === 0) return;
      setFailures([]);
      setImporting({ done: 0, total: wanted.length });
      receive(
        await echo.phrases.importTakes(wanted, { signal: controller.signal, onProgress: setImporting }),
      );
      setImporting(undefined);
    },
    async addSamples(group) {
      const results: Result<DraftTake, TakeError>[] = [];
      const wanted = group.clips.slice(0, room);
      for (const [done, clip] of wanted.entries()) {
        setImporting({ done, total: wanted.length });
        results.push(await echo.phrases.sampleTake(clip.id));
      }
      setImporting(undefined);
      receive(results);
    },
    stop: () => abort.current?.abort(),
    discard(id) {
      void echo.phrases.discardDraft(id);
      change(unsaved.current.filter((take) => take.id !== id));
    },
    keep: () => change([]),
  };
}
