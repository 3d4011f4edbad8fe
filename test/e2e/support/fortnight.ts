import { adaptedSettings } from '../../../src/agents/adapted-settings';
import { AdaptationAgent } from '../../../src/agents/learning/adaptation-agent';
import { learningDataOf, type ObservedEvent } from '../../../src/agents/learning/event-data';
import { defaultSettings } from '../../../src/config/settings';
import { SettingsLayers } from '../../../src/config/settings-layers';
import { type Clock, systemClock } from '../../../src/core/clock';
import { ConcurrencyLimit } from '../../../src/core/concurrency-limit';
import { newId, type PhraseId, type UserId } from '../../../src/core/ids';
import { seededRandom } from '../../../src/core/random';
import { err, ok } from '../../../src/core/result';
import { epochMs, monotonicMs } from '../../../src/core/units';
import { EventSystem } from '../../../src/events/event-system';
import type { LearningEventMap } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';
import type { LearningData } from '../../../src/learning/learning-data';
import type { Phrase, StoredModel } from '../../../src/learning/records';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { encodeBackup } from '../../../src/vault/backup/backup-file';
import type { TableRow } from '../../../src/vault/rows/sealed-rows';

const MINUTE_MS = 60_000;
const DAYS = 14;
const ADA = newId<UserId>();

const phraseOf = (name: string): Phrase => ({
  id: newId<PhraseId>(),
  name,
  action: { kind: 'note', text: '' },
  createdAt: 1,
  updatedAt: 1,
});

/**
 * A fortnight of use that ended yesterday, as a backup that Echo can restore: what was said and corrected, and what the
 * real adaptation agent made of it day by day.
 *
 * At first something is often taken for a phrase although nothing was said; Echo then listens more strictly, which
 * helps. As hardly anything is wrong and nobody looks at the details, it answers briefly; on the last day nearly everything
 * is corrected, of which the agent is not told: taking the brief answers back is left to the app that opens the backup.
 */
export async function fortnight(passphrase: string): Promise<Uint8Array> {
  let nowMs = 0;
  const clock: Clock = { now: () => epochMs(nowMs), monotonic: () => monotonicMs(nowMs) };
  const factory = new LearningEventFactory('conversation', clock);
  const phrases = ['tea timer', 'good morning', '晚安'].map(phraseOf);
  const data: LearningData[] = [];
  const models = new Map<string, StoredModel>();
  const layers = new SettingsLayers(defaultSettings);
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const agent = new AdaptationAgent({
    clock,
    logger,
    metrics: new LearningSystemMetrics(clock),
    events: new EventSystem<LearningEventMap, 'handler-failed'>({
      failureType: 'handler-failed',
      createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
      onUnreportedFailure: quiet,
    }),
    factory,
    store: {
      cacheReport: async () => ({
        capacity: 500,
        ttlSeconds: 300,
        entries: 0,
        rows: 0,
        hits: 0,
        misses: 0,
        hitRate: undefined,
      }),
      get: async (_, id) => ok(models.get(id) as never),
      write: async (writes) => {
        for (const write of writes)
          if (write.op === 'put' && write.table === 'models') models.set(write.row.id, write.row);
        return ok(undefined);
      },
      retrieveLearningData: async () => ok({ rows: [], nextCursor: undefined, quarantined: [] }),
    },
    limit: new ConcurrencyLimit(10),
    ports: {
      cache: {
        read: async () => ({ capacity: 500, ttlSeconds: 300 }),
        change: async () => err('there is none'),
      },
      concurrency: { read: () => 10, change: () => err('there is none') },
    },
    settings: adaptedSettings(layers, quiet),
    backend: () => 'wasm',
    device: () => ({}),
    userId: () => ADA,
    show: quiet,
    random: seededRandom(14),
  });
  await agent.open();

  const tell = async (event: ObservedEvent, isWatched: boolean): Promise<void> => {
    data.push(learningDataOf(event));
    if (isWatched) await agent.observe(event);
  };
  const random = seededRandom(3);
  for (let day = 0; day < DAYS; day += 1) {
    const isLast = day === DAYS - 1;
    for (const hour of [7, 7, 7, 7, 13, 18, 18, 18, 22, 22]) {
      const at = new Date(systemClock.now());
      at.setDate(at.getDate() - (DAYS - day));
      at.setHours(hour, 5, 0, 0);
      nowMs = Math.max(nowMs + MINUTE_MS, at.getTime());
      // After one comes the other, in the morning and in the evening.
      const phrase = phrases[hour === 22 ? 2 : data.length % 2];
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
          weekday: at.getDay(),
        },
      });
      await tell(spoken, !isLast);
      // Stricter listening really helps; the rest of what goes wrong is taken back, and that ends by itself.
      const isStrict = layers.effective.recognition.falseTriggers === 'week';
      const subjectId = utteranceId;
      nowMs += 5_000;
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
  }

  const rows: TableRow[] = [
    ...phrases.map((row): TableRow => ({ table: 'phrases', row })),
    ...data.map((row): TableRow => ({ table: 'learningData', row })),
    ...[...models.values()].map((row): TableRow => ({ table: 'models', row })),
    {
      table: 'profiles',
      row: { id: ADA, name: '', preferences: {}, createdAt: data[0]?.createdAt ?? 1, updatedAt: nowMs },
    },
  ];
  return encodeBackup(rows, passphrase, systemClock);
}

function quiet(): void {
  // Nobody listens to a simulated fortnight.
}
