import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/clock';
import { newId, type PhraseId, type TakeId } from '../../../../src/core/ids';
import { epochMs } from '../../../../src/core/units';
import type { UtteranceFeatures } from '../../../../src/features/utterance-features';
import type { Recognition } from '../../../../src/learning/recognition';
import type { StoredModel, Take } from '../../../../src/learning/records';
import { Cohort } from '../../../../src/speech/voice/cohort';
import { VoiceBook } from '../../../../src/speech/voice/voice-book';
import { VoiceProfile } from '../../../../src/speech/voice/voice-profile';
import type { RecordStore } from '../../../../src/vault/vault-types';

const voiceprint = new Float32Array(64).fill(0.125);
const features = { embedding: { speaker: voiceprint } } as unknown as UtteranceFeatures;
const candidate = (distance: number) => ({
  phraseId: newId<PhraseId>(),
  confidence: 0.5,
  distance,
  threshold: 30,
});

function recognised(band: 'sounds-like-you' | 'not-sure', outcome: Recognition['outcome'] = 'accepted') {
  return {
    outcome,
    candidates: [candidate(10), candidate(20)],
    scorers: [],
    voice: { band, probability: 0.9 },
    decisionMs: 1,
  } satisfies Recognition;
}

async function book() {
  const rows = new Map<string, StoredModel>();
  let takes: Take[] = [{ id: newId<TakeId>() } as Take];
  const store: Partial<RecordStore> = {
    write: async (writes) => {
      for (const write of writes) {
        if (write.op === 'put') rows.set(write.row.id, write.row as StoredModel);
        else rows.delete(write.id);
      }
      return { ok: true, value: undefined };
    },
    get: (async (_table: string, id: string) => ({ ok: true, value: rows.get(id) })) as RecordStore['get'],
  };
  const voice = new VoiceBook({
    store: store as RecordStore,
    clock: systemClock,
    takes: () => takes,
    profile: () => new VoiceProfile(new Cohort([])),
    strangers: () => [],
    onFailure: () => expect.unreachable(),
  });
  await voice.load();
  return { voice, rows, forgetTakes: () => (takes = []) };
}

const at = epochMs(Date.UTC(2026, 4, 3, 9));

describe('VoiceBook', () => {
  it('keeps sums of a day, of what was recognised and sounds like the person', async () => {
    const { voice, rows } = await book();
    voice.hear(recognised('sounds-like-you'), features, at);
    const { days } = JSON.parse([...rows.values()][0]?.description ?? '');
    expect(days.days[0].cells[0].count).toBe(1);
  });

  it('keeps nothing of a voice that it is not sure of, nor of what it only guesses', async () => {
    const { voice, rows } = await book();
    voice.hear(recognised('not-sure'), features, at);
    voice.hear(recognised('sounds-like-you', 'did-you-mean'), features, at);
    expect(rows.size).toBe(0);
  });

  it('writes nothing once the vault is locked', async () => {
    const { voice, rows } = await book();
    voice.unload();
    voice.hear(recognised('sounds-like-you'), features, at);
    expect(rows.size).toBe(0);
  });

  it('forgets the voice with the last recording', async () => {
    const { voice, rows, forgetTakes } = await book();
    voice.hear(recognised('sounds-like-you'), features, at);
    voice.takesForgotten();
    expect(rows.size).toBe(1);
    forgetTakes();
    voice.takesForgotten();
    expect(rows.size).toBe(0);
  });
});
