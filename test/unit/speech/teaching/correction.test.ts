import { describe, expect, it } from 'vitest';
import { newId, type PhraseId, type TakeId, type UtteranceId } from '../../../../src/core/ids';
import { ok } from '../../../../src/core/result';
import { epochMs } from '../../../../src/core/units';
import type { Recognition } from '../../../../src/learning/recognition';
import type { Interaction, Take } from '../../../../src/learning/records';
import { type Clip, prepareClip } from '../../../../src/speech/listening/clip';
import { planCorrection } from '../../../../src/speech/teaching/correction';
import { TakeLibrary } from '../../../../src/speech/teaching/take-library';
import type { RecordStore } from '../../../../src/vault/vault-types';
import { joined, noise, vowel } from '../../../support/signals';

const NOW = epochMs(1_700_000_000_000);
const lamp = newId<PhraseId>();
const door = newId<PhraseId>();

/** Planning reads nothing from the vault. */
const emptyStore: RecordStore = {
  list: async () => ok({ rows: [], quarantined: [] }),
  get: async () => ok(undefined),
  write: async () => ok(undefined),
};

const clip = prepareClip({
  samples: joined(noise(0.3, -70), vowel(0.5, 120, [700, 1_200], -20), noise(0.3, -70)),
  endedBy: 'silence',
}) as Clip;

function heard(outcome: Recognition['outcome'], phraseId?: PhraseId): Interaction {
  return {
    id: newId<UtteranceId>(),
    heardAt: NOW,
    durationMs: clip.durationMs,
    waveform: clip.waveform,
    quality: clip.quality,
    recognition: {
      outcome,
      candidates: [{ phraseId: lamp, confidence: 0.9, distance: 1, threshold: 2 }],
      scorers: ['template'],
      decisionMs: 1,
    },
    ...(phraseId === undefined ? {} : { phraseId }),
    action: { kind: 'not-run' },
  };
}

function storedTake(phraseId: PhraseId, source: Take['source'], recordedAt: number): Take {
  const { durationMs, waveform, quality } = clip;
  return {
    id: newId<TakeId>(),
    phraseId,
    role: 'example',
    source,
    recordedAt,
    durationMs,
    waveform,
    quality,
  };
}

const roles = (takes: readonly Take[]) => takes.map(({ phraseId, role }) => [phraseId, role]);

describe('planCorrection', () => {
  it('makes the utterance an example of what it was and a counter-example of what it was taken for', () => {
    const plan = planCorrection(
      heard('accepted', lamp),
      { kind: 'phrase', phraseId: door },
      clip,
      new TakeLibrary(emptyStore),
      NOW,
    );
    expect(roles(plan.added)).toEqual([
      [door, 'example'],
      [lamp, 'counter-example'],
    ]);
  });

  it('only confirms when the phrase was right', () => {
    const plan = planCorrection(
      heard('accepted', lamp),
      { kind: 'phrase', phraseId: lamp },
      clip,
      new TakeLibrary(emptyStore),
      NOW,
    );
    expect(roles(plan.added)).toEqual([[lamp, 'example']]);
  });

  it('"nothing" teaches what the phrase is not, and nothing at all where none was believed', () => {
    const library = new TakeLibrary(emptyStore);
    const misfire = planCorrection(heard('accepted', lamp), { kind: 'nothing' }, clip, library, NOW);
    expect(roles(misfire.added)).toEqual([[lamp, 'counter-example']]);
    const silence = planCorrection(heard('unknown'), { kind: 'nothing' }, clip, library, NOW);
    expect(silence.added).toEqual([]);
  });

  it('stores a new phrase, its recording and the corrected utterance in one transaction', () => {
    const phrase = {
      id: newId<PhraseId>(),
      name: 'window',
      action: { kind: 'none' as const },
      createdAt: NOW,
      updatedAt: NOW,
    };
    const plan = planCorrection(
      heard('unknown'),
      { kind: 'new-phrase', phrase },
      clip,
      new TakeLibrary(emptyStore),
      NOW,
    );
    expect(plan.writes.map((write) => `${write.op} ${write.table}`)).toEqual([
      'put phrases',
      'put takes',
      'put audio',
      'put interactions',
    ]);
  });

  it('correcting again replaces what the first correction taught', () => {
    const library = new TakeLibrary(emptyStore);
    const interaction = heard('accepted', lamp);
    const first = planCorrection(interaction, { kind: 'phrase', phraseId: door }, clip, library, NOW);
    for (const take of first.added) library.add(take, clip.features);
    const second = planCorrection(interaction, { kind: 'nothing' }, clip, library, NOW);
    expect([...second.removed].sort()).toEqual(first.added.map(({ id }) => id).sort());
  });

  it('a second correction does not forget which phrase fired in the first place', () => {
    const library = new TakeLibrary(emptyStore);
    // Accepted as lamp, corrected to door: the action that followed stored door as its phrase.
    const corrected = heard('accepted', door);
    const plan = planCorrection(corrected, { kind: 'nothing' }, clip, library, NOW);
    expect(roles(plan.added)).toEqual([
      [lamp, 'counter-example'],
      [door, 'counter-example'],
    ]);
  });

  it('lets the oldest correction go when a phrase has enough, never a recording the person made', () => {
    const library = new TakeLibrary(emptyStore);
    for (let index = 0; index < 8; index += 1)
      library.add(storedTake(door, 'microphone', index), clip.features);
    const oldest = storedTake(door, 'correction', 100);
    library.add(storedTake(door, 'correction', 200), clip.features);
    library.add(oldest, clip.features);
    const plan = planCorrection(heard('unknown'), { kind: 'phrase', phraseId: door }, clip, library, NOW);
    expect(plan.removed).toEqual([oldest.id]);

    const own = new TakeLibrary(emptyStore);
    for (let index = 0; index < 12; index += 1) own.add(storedTake(door, 'file', index), clip.features);
    expect(
      planCorrection(heard('unknown'), { kind: 'phrase', phraseId: door }, clip, own, NOW).removed,
    ).toEqual([]);
  });
});
