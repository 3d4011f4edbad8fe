import type { Clock } from '../../core/clock';
import { ok, type Result } from '../../core/result';
import { AuditTrail } from '../audit/audit-trail';
import type { UpkeepReport } from '../keys/key-state';
import type { RotationRule } from '../keys/rotation';
import type { VaultSession } from '../vault-session';
import type { VaultError } from '../vault-types';
import { ClockGuard, type ClockReading, type ClockRecord, DAY_MS } from './clock-guard';
import { Retention } from './retention';
import type { UpkeepProgress, UpkeepSettings, UpkeepState, UpkeepTaskName, VaultEvent } from './upkeep-state';

type Answer<T> = Promise<Result<T, VaultError>>;

/** What upkeep needs of a vault. */
export interface KeptVault {
  readonly isOpen: boolean;
  onLock(listener: () => void): void;
  read<T>(job: (session: VaultSession) => Promise<T>): Answer<T>;
  change<T>(job: (session: VaultSession) => Promise<T>): Answer<T>;
  rotationStep(rows: number | undefined, rule: RotationRule): Answer<UpkeepReport>;
}

/** A vault that was just opened is first of all shown to whoever opened it. */
const SOON_MS = 2_000;

/** Between two steps: calls of people come first. */
const BREATH_MS = 20;

const NO_PROGRESS: UpkeepProgress = { resealed: 0, droppedKeys: 0, expired: 0 };

/** A clock in order is written down only now and then: each time costs a write to the disk. */
const REMEMBERED_EVERY_MS = 600_000;

/**
 * Keeps an open vault in order: replaces data keys that are due and seals their rows anew, and deletes what is
 * older than it should be. Small steps through the vault's queue, one after another with room for callers in
 * between; whatever interrupts it, the next round goes on from what is stored. It never runs on a locked vault.
 */
export class Upkeep {
  readonly #vault: KeptVault;
  readonly #clock: Clock;
  readonly #tell: (event: VaultEvent) => void;
  readonly #trail = new AuditTrail();
  /** Nothing is done before somebody said for how long data is kept. */
  #settings: UpkeepSettings | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPaused = false;
  #isRound = false;
  /** Raised whenever the vault locks: what was begun before is given up. */
  #session = 0;
  #guard: ClockGuard | undefined;
  #remembered: ClockRecord | undefined;
  #retention = new Retention();
  #last: Extract<UpkeepState, { kind: 'idle' }>['last'];
  #state: UpkeepState = { kind: 'idle', last: undefined };

  /** @param settings rounds begin by themselves only after `configure` */
  constructor(vault: KeptVault, clock: Clock, tell: (event: VaultEvent) => void, settings?: UpkeepSettings) {
    this.#settings = settings;
    this.#vault = vault;
    this.#clock = clock;
    this.#tell = tell;
    vault.onLock(() => this.#forget());
  }

  get state(): UpkeepState {
    return this.#state;
  }

  /** In force from the next round on, which follows soon. */
  configure(settings: UpkeepSettings): void {
    this.#settings = settings;
    this.#schedule(SOON_MS);
  }

  /** Ends after the step under way, until `resume`. */
  pause(): void {
    this.#isPaused = true;
    clearTimeout(this.#timer);
  }

  resume(): void {
    this.#isPaused = false;
    this.#schedule(SOON_MS);
  }

  /** Works until nothing is left to do, or the vault is locked or upkeep paused. */
  async round(): Answer<UpkeepProgress> {
    const session = this.#session;
    const settings = this.#settings;
    let progress = NO_PROGRESS;
    if (settings === undefined) return ok(progress);
    const looked = await this.look();
    if (!looked.ok) return this.#giveUp(looked);
    const { believedMs, isInDoubt } = looked.value;
    const tasks: readonly (readonly [UpkeepTaskName, () => Answer<UpkeepReport>])[] = [
      ['rotation', () => this.#rotate(settings, !isInDoubt)],
      ['retention', () => this.#retain(settings, believedMs)],
    ];
    for (const [task, step] of tasks) {
      for (let isMore = true; isMore; ) {
        if (this.#isPaused || session !== this.#session) return ok(progress);
        const report = await step();
        if (!report.ok) return this.#giveUp(report);
        progress = sumOf(progress, report.value);
        isMore = report.value.isMore;
        if (isProgress(progress)) this.#show({ kind: 'running', task, ...progress });
        await pause(BREATH_MS);
      }
    }
    if (session === this.#session && this.#state.kind !== 'idle') {
      this.#last = { ...progress, endedAt: this.#clock.now() };
      this.#show({ kind: 'idle', last: this.#last });
    }
    return ok(progress);
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    const intervalMs = this.#settings?.intervalMs;
    if (intervalMs === undefined || this.#isPaused) return;
    this.#timer = setTimeout(() => void this.#tick(), Math.min(afterMs, intervalMs));
  }

  async #tick(): Promise<void> {
    if (!this.#isRound && !this.#isPaused && this.#vault.isOpen) {
      this.#isRound = true;
      try {
        await this.round();
      } finally {
        this.#isRound = false;
      }
    }
    this.#schedule(Number.POSITIVE_INFINITY);
  }

  #rotate({ rotationDays }: UpkeepSettings, isTimeKnown: boolean): Answer<UpkeepReport> {
    return this.#vault.rotationStep(undefined, { ageMs: rotationDays * DAY_MS, isTimeKnown });
  }

  #retain({ retentionDays }: UpkeepSettings, believedMs: number): Answer<UpkeepReport> {
    const day = Math.floor(believedMs / DAY_MS) - retentionDays;
    return this.#vault.change(async (session) => {
      const { isMore, ...deleted } = await this.#retention.step(session, day);
      const expired = deleted.learningData + deleted.interactions;
      if (expired > 0) await this.#trail.note(session, 'retention-applied', { ...deleted });
      if (deleted.interactions > 0) this.#tell({ kind: 'expired', beforeMs: day * DAY_MS });
      return { resealed: 0, droppedKeys: 0, expired, isMore };
    });
  }

  /** Looks at the clock, and writes down what has to be known in the next session. */
  look(): Answer<ClockReading> {
    return this.#vault.change(async (session) => {
      const { keys } = session;
      this.#guard ??= new ClockGuard(
        await keys.clock.read(),
        (await keys.read())?.header.createdAt ?? this.#clock.now(),
      );
      const reading = this.#guard.look(this.#clock.now(), this.#clock.monotonic());
      const { record } = this.#guard;
      if (isWorthWriting(record, this.#remembered)) {
        await keys.clock.write(record);
        this.#remembered = record;
      }
      if (reading.jump !== undefined) await this.#trail.note(session, 'clock-jumped', { ...reading.jump });
      return reading;
    });
  }

  #giveUp(failure: { readonly ok: false; readonly error: VaultError }): typeof failure {
    // Locked meanwhile: that is no failure, and whoever locked it knows.
    if (failure.error.kind !== 'locked') this.#show({ kind: 'failed', error: failure.error });
    return failure;
  }

  #forget(): void {
    this.#session += 1;
    this.#guard = undefined;
    this.#remembered = undefined;
    this.#retention = new Retention();
    this.#last = undefined;
    if (this.#state.kind !== 'idle' || this.#state.last !== undefined) {
      this.#show({ kind: 'idle', last: undefined });
    }
    this.#tell({ kind: 'closed' });
  }

  #show(state: UpkeepState): void {
    this.#state = state;
    this.#tell({ kind: 'upkeep', state });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isProgress = ({ resealed, droppedKeys, expired }: UpkeepProgress): boolean =>
  resealed + droppedKeys + expired > 0;

const sumOf = (before: UpkeepProgress, step: UpkeepReport): UpkeepProgress => ({
  resealed: before.resealed + step.resealed,
  droppedKeys: before.droppedKeys + step.droppedKeys,
  expired: before.expired + step.expired,
});

function isWorthWriting(record: ClockRecord, remembered: ClockRecord | undefined): boolean {
  if (remembered === undefined) return true;
  if ((record.doubt === undefined) !== (remembered.doubt === undefined)) return true;
  const [now, before] = [record, remembered].map(({ believedMs, doubt }) => doubt?.lastMs ?? believedMs);
  return Math.abs((now ?? 0) - (before ?? 0)) >= REMEMBERED_EVERY_MS;
}
