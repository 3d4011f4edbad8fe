import { learningDataOf, type ObservedEvent } from '../../../src/agents/learning/event-data';
import { NextActionLearner } from '../../../src/behaviour/habits/next-action-learner';
import { LearnerHost } from '../../../src/behaviour/learner-host';
import { LearnerModels } from '../../../src/behaviour/learner-models';
import { newId, type PhraseId, type UserId } from '../../../src/core/ids';
import { seededRandom } from '../../../src/core/random';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';
import { LearnerRegistry } from '../../../src/learning/learner-registry';
import type { LearningData } from '../../../src/learning/learning-data';
import type { Phrase } from '../../../src/learning/records';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { encodeBackup } from '../../../src/vault/backup/backup-file';
import type { TableRow } from '../../../src/vault/rows/sealed-rows';
import { adapting, KeptRows, quietLogger } from '../../support/adapting';
import { type ManualClock, manualClock } from '../../support/manual-clock';

const DAYS = 14;
const ADA = newId<UserId>();

/** What the person of the fortnight does on a day, in this order. */
export const DAILY = [
  { hour: 7, minute: 5, does: 'good morning' },
  { hour: 7, minute: 6, does: 'tea timer' },
  { hour: 7, minute: 15, does: 'radio' },
  { hour: 7, minute: 40, does: 'leaving' },
  { hour: 13, minute: 0, does: 'tea timer' },
  { hour: 18, minute: 5, does: 'light' },
  { hour: 18, minute: 6, does: 'radio' },
  { hour: 18, minute: 20, does: 'tea timer' },
  { hour: 22, minute: 5, does: 'light' },
  { hour: 22, minute: 8, does: '晚安' },
] as const;

/** The Monday after the fortnight, at such a time on the wall. */
export const mondayAfter = (hour: number, minute: number): number =>
  new Date(2026, 4, 18, hour, minute).getTime();

const phraseOf = (name: string): Phrase => ({
  id: newId<PhraseId>(),
  name,
  action: { kind: 'note', text: `It was ${name}` },
  createdAt: 1,
  updatedAt: 1,
});

/**
 * A fortnight of use that ended on the Sunday before `mondayAfter`, as a backup that Echo can restore: what was said and
 * corrected, what the real adaptation agent made of it day by day, and what the real learner of habits did.
 *
 * At first something is often taken for a phrase although nothing was said; Echo then listens more strictly, which
 * helps. As hardly anything is wrong and nobody looks at the details, it answers briefly; on the last day nearly everything
 * is corrected, of which the agent is not told: taking the brief answers back is left to the app that opens the backup.
 */
export async function fortnight(passphrase: string): Promise<Uint8Array> {
  const clock = manualClock();
  const factory = new LearningEventFactory('conversation', clock);
  const phrases = [...new Set(DAILY.map(({ does }) => does))].map(phraseOf);
  const data: LearningData[] = [];
  const kept = new KeptRows();
  const { agent, layers } = adapting({ userId: ADA, clock, factory, kept, random: seededRandom(14) });
  await agent.open();
  const habits = await habitsOf(kept, factory, clock);

  let today: LearningData[] = [];
  const tell = async (event: ObservedEvent, isWatched: boolean): Promise<void> => {
    data.push(learningDataOf(event));
    today.push(learningDataOf(event));
    if (isWatched) await agent.observe(event);
  };
  const random = seededRandom(3);
  for (let day = 0; day < DAYS; day += 1) {
    const isLast = day === DAYS - 1;
    today = [];
    for (const { hour, minute, does } of DAILY) {
      const at = new Date(mondayAfter(hour, minute));
      at.setDate(at.getDate() - (DAYS - day));
      clock.nowMs = at.getTime();
      const phrase = phrases.find(({ name }) => name === does);
      const utteranceId = crypto.randomUUID();
      const spoken = factory.createUserInteractionEvent({
        userId: ADA,
        agentId: 'conversation',
        sessionId: `day-${day}`,
        interactionType: 'voice-command',
        result: 'success',
        durationMs: 60,
        content: {
          utteranceId,
          phraseId: phrase?.id ?? '',
          recognition: 'accepted',
          outcome: 'done',
          actionKind: 'note',
          confidence: 0.9,
          latencyMs: 40,
          corrected: false,
          hour,
          minute,
          weekday: at.getDay(),
        },
      });
      await tell(spoken, !isLast);
      // Stricter listening really helps; the rest of what goes wrong is taken back, and that ends by itself.
      const isStrict = layers.effective.recognition.falseTriggers === 'week';
      const subjectId = utteranceId;
      clock.nowMs += 5_000;
      if (isLast || random() < (isStrict ? 0.02 : 0.35)) {
        const after = { phraseId: null };
        await tell(
          factory.createCorrectionReceivedEvent({ userId: ADA, subjectId, before: {}, after }),
          !isLast,
        );
      } else if (day < 9 && data.length % 9 === 0) {
        const content = { utteranceId };
        await tell(
          factory.createUserInteractionEvent({
            userId: ADA,
            agentId: 'conversation',
            interactionType: 'undo',
            result: 'success',
            content,
          }),
          !isLast,
        );
      }
    }
    if (!isLast) await agent.adapt();
    const learnt = await habits.observe(today);
    if (!learnt.ok) throw new Error(learnt.error.kind);
  }

  const rows: TableRow[] = [
    ...phrases.map((row): TableRow => ({ table: 'phrases', row })),
    ...data.map((row): TableRow => ({ table: 'learningData', row })),
    ...[...kept.models.values()].map((row): TableRow => ({ table: 'models', row })),
    {
      table: 'profiles',
      row: { id: ADA, name: '', preferences: {}, createdAt: data[0]?.createdAt ?? 1, updatedAt: clock.nowMs },
    },
  ];
  return encodeBackup(rows, passphrase, clock);
}

/** As the behaviour worker runs it. */
async function habitsOf(
  kept: KeptRows,
  factory: LearningEventFactory,
  clock: ManualClock,
): Promise<LearnerHost> {
  const registry = new LearnerRegistry();
  registry.register('next-action', (learnerId) => new NextActionLearner(learnerId));
  const host = new LearnerHost({
    registry,
    models: new LearnerModels(kept, clock),
    metrics: new LearningSystemMetrics(clock),
    clock,
    logger: quietLogger,
    factory,
    emit: () => undefined,
  });
  const opened = await host.open({
    userId: ADA,
    sessionId: 'fortnight',
    learners: { 'next-action': { enabled: true } },
    learnerOrigins: [],
  });
  if (!opened.ok) throw new Error(opened.error.kind);
  return host;
}
