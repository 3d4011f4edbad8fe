import { describe, expect, it } from 'vitest';
import { InteractionReporter, type Report } from '../../../src/agents/talk/interaction-reporter';
import { newId, type PhraseId, type UserId, type UtteranceId } from '../../../src/core/ids';
import type { Interaction } from '../../../src/learning/records';
import { manualClock } from '../../support/manual-clock';

function reporting() {
  const reports: Report[] = [];
  const userId = newId<UserId>();
  const reporter = new InteractionReporter({
    clock: manualClock(),
    tell: (report) => reports.push(report),
    userId: () => userId,
    sessionId: 'visit',
    appState: () => 'idle',
  });
  const contents = () =>
    reports.map(({ payload }) => ('content' in payload ? payload.content : undefined) ?? {});
  return { reporter, contents };
}

const heard = (phraseId = newId<PhraseId>()): Interaction => ({
  id: newId<UtteranceId>(),
  phraseId,
  heardAt: 1,
  durationMs: 600,
  waveform: [],
  quality: { flaws: [], peakDb: -6, signalToNoiseDb: 30 },
  recognition: { outcome: 'accepted', candidates: [], scorers: [], decisionMs: 4 },
  action: { kind: 'done', detail: '' },
});

const DONE = { action: { kind: 'done', detail: '' }, actionKind: 'note', actionMs: 1 } as const;

describe('InteractionReporter', () => {
  it('marks what is done of an utterance after it was told of, and nothing else', () => {
    const { reporter, contents } = reporting();
    const [first, second] = [heard(), heard()];
    reporter.settled(first, DONE);
    reporter.settled(second, DONE);
    reporter.settled({ ...first, phraseId: newId<PhraseId>() }, DONE);
    expect(contents().map(({ utteranceId, followUp }) => [utteranceId, followUp])).toEqual([
      [first.id, undefined],
      [second.id, undefined],
      [first.id, true],
    ]);
  });
});
