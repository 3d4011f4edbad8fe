import { newId, type PhraseId, type TakeId } from '../../core/ids';
import type { EpochMs } from '../../core/units';
import type { Recognition } from '../../learning/recognition';
import type { Correction, Interaction, Take } from '../../learning/records';
import type { VaultWrite } from '../../vault/vault-types';
import type { Clip } from '../listening/clip';
import type { RecogniserSnapshot } from '../recognition/phrase-recogniser';
import type { CorrectionReport, CorrectionTarget } from './correction-report';
import { deleteTake, putTake, type TakeLibrary } from './take-library';

/** What a correction does to the takes, decided before anything is written or learnt. */
export interface CorrectionPlan {
  readonly added: readonly Take[];
  readonly removed: readonly TakeId[];
  /** All of it, for one transaction. */
  readonly writes: readonly VaultWrite[];
}

/**
 * The utterance becomes an example of the phrase it was, and a counter-example of the phrase it was
 * mistaken for. Correcting the same utterance again replaces what the first correction taught.
 */
export function planCorrection(
  interaction: Interaction,
  target: CorrectionTarget,
  clip: Clip,
  library: TakeLibrary,
  now: EpochMs,
): CorrectionPlan {
  const rightId =
    target.kind === 'phrase' ? target.phraseId : target.kind === 'new-phrase' ? target.phrase.id : undefined;
  const mistaken = mistakenFor(interaction).filter((phraseId) => phraseId !== rightId);
  const added: Take[] = [];
  const take = (phraseId: PhraseId, role: Take['role']): Take => ({
    id: newId<TakeId>(),
    phraseId,
    role,
    source: 'correction',
    utteranceId: interaction.id,
    recordedAt: now,
    durationMs: clip.durationMs,
    waveform: clip.waveform,
    quality: clip.quality,
  });
  if (rightId !== undefined) added.push(take(rightId, 'example'));
  added.push(...mistaken.map((phraseId) => take(phraseId, 'counter-example')));

  const replaced = library.madeFrom(interaction.id);
  const surplus = added.flatMap(({ phraseId, role }) => library.surplusFor(phraseId, role));
  const removed = [...new Set([...replaced, ...surplus].map(({ take: { id } }) => id))];
  const correction: Correction =
    rightId === undefined ? { kind: 'nothing' } : { kind: 'phrase', phraseId: rightId };
  return {
    added,
    removed,
    writes: [
      ...(target.kind === 'new-phrase' ? [{ op: 'put', table: 'phrases', row: target.phrase } as const] : []),
      ...removed.flatMap((id) => deleteTake(id)),
      ...added.flatMap((row) => putTake(row, clip)),
      { op: 'put', table: 'interactions', row: { ...interaction, correction } },
    ],
  };
}

/**
 * What Echo believed at the time, or came near to believing, and what it was last told. The first stays known
 * after a correction, so that correcting again does not forget the misfire.
 */
function mistakenFor({ recognition, phraseId }: Interaction): readonly PhraseId[] {
  const believed = recognition.outcome === 'unknown' ? undefined : recognition.candidates[0]?.phraseId;
  return [...new Set([believed, phraseId])].filter((id) => id !== undefined);
}

export function reportCorrection(given: {
  readonly plan: CorrectionPlan;
  readonly library: TakeLibrary;
  readonly before: Recognition;
  readonly after: Recognition;
  readonly snapshots: { readonly before: RecogniserSnapshot; readonly after: RecogniserSnapshot };
  readonly learnedMs: number;
}): CorrectionReport {
  const { plan, library, snapshots } = given;
  const thresholds = [...snapshots.after.thresholds].flatMap(([phraseId, after]) => {
    const before = snapshots.before.thresholds.get(phraseId);
    return before === undefined || Math.abs(before - after) < 1e-9 ? [] : [{ phraseId, before, after }];
  });
  const broken = [...snapshots.before.recognised].flatMap(([takeId, phraseId]) =>
    library.has(takeId) && !snapshots.after.recognised.has(takeId) ? [{ phraseId, takeId }] : [],
  );
  return {
    before: given.before,
    after: given.after,
    thresholds,
    broken,
    learnedMs: given.learnedMs,
    added: plan.added,
    removed: plan.removed,
  };
}
