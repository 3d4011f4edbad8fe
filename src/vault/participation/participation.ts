import type { Result } from '../../core/result';
import { budgetAt, restUntilMs } from '../../insights/budget';
import { draftReport, type MetricValues, type NextReport } from '../../insights/draft-report';
import type { Sign } from '../../insights/keyed-bits';
import type { ParticipationView } from '../../insights/participation-view';
import { EPSILON_A_REPORT } from '../../insights/protocol/randomised-response';
import { sendAfterMs } from '../../insights/send-hour';
import type { Outbox, Parcel } from '../../insights/upload-reports';
import { AuditTrail } from '../audit/audit-trail';
import { randomBytes } from '../crypto/associated-data';
import type { ClockReading } from '../maintenance/clock-guard';
import { VaultFailure } from '../vault-failure';
import type { VaultSession } from '../vault-session';
import type { VaultError } from '../vault-types';
import { dueParcels } from './due-parcels';
import { forgettable, type LedgerBook, openBook, spendsOf } from './ledger-book';
import { type ParticipationState, STATE_ID } from './ledger-rows';
import { sealLedgerRow } from './ledger-seal';
import { LedgerStore, newParcel } from './ledger-store';
import { viewOf } from './view-of-book';

type Answer<T> = Promise<Result<T, VaultError>>;

/** What taking part needs of a vault. */
export interface ReportingVault {
  read<T>(job: (session: VaultSession) => Promise<T>): Answer<T>;
  change<T>(job: (session: VaultSession) => Promise<T>): Answer<T>;
}

/** What a report is made from. */
export interface ReportSource {
  /** True values, computed on this device; never stored. */
  readonly values: MetricValues;
  /** Origin of the endpoint that the operator names. */
  readonly endpoint: string;
}

/**
 * Whether somebody takes part in insights, what that cost them, and what waits to be sent. Works on an open vault
 * only: a locked one makes nothing. Time is what the clock guard has ever believed, which never goes back.
 */
export class Participation {
  readonly #vault: ReportingVault;
  readonly #store: LedgerStore;
  readonly #look: () => Answer<ClockReading>;
  readonly #trail = new AuditTrail();

  /**
   * @param name of the vault
   * @param look at the device's clock, through what keeps watch over it
   */
  constructor(vault: ReportingVault, name: string, look: () => Answer<ClockReading>) {
    this.#vault = vault;
    this.#store = new LedgerStore(name);
    this.#look = look;
  }

  /** Everything there is to know before and after agreeing. Changes nothing. */
  async view({ values, endpoint }: ReportSource): Answer<ParticipationView> {
    const looked = await this.#look();
    if (!looked.ok) return looked;
    return this.#vault.read(async (session) => {
      const book = await openBook(this.#store, session);
      if (book.isDamaged) return { kind: 'damaged', endpoint };
      const nowMs = timeOf(book, looked.value);
      const next = await nextReport(session, book, nowMs, values);
      return viewOf(book, { endpoint, nowMs, next, isTimeDoubtful: looked.value.isInDoubt });
    });
  }

  /** From here on reports are made for this endpoint, and no other. */
  async join(endpoint: string): Answer<void> {
    const looked = await this.#look();
    if (!looked.ok) return looked;
    return this.#vault.change(async (session) => {
      const book = await openBook(this.#store, session);
      refuseDamaged(book);
      const nowMs = timeOf(book, looked.value);
      const { state, stored } = book;
      const joined: ParticipationState = {
        kind: 'joined',
        sinceMs: nowMs,
        endpoint,
        entries: book.entries.length,
        restUntilMs: state?.restUntilMs ?? 0,
        highMs: nowMs,
      };
      await this.#store.write({ after: stored, state: await sealLedgerRow(session.ring, STATE_ID, joined) });
      await this.#trail.note(session, 'insights-joined');
    });
  }

  /**
   * Destroys ledger and outbox. All that is left, and only if anything was spent, is how long it has to rest:
   * otherwise leaving and joining would be a way around the budget.
   */
  async leave(): Answer<void> {
    const looked = await this.#look();
    if (!looked.ok) return looked;
    return this.#vault.change(async (session) => {
      const book = await openBook(this.#store, session);
      if (book.state?.kind !== 'joined' && !book.isDamaged) return;
      const nowMs = timeOf(book, looked.value);
      const last = book.isDamaged ? nowMs : book.entries[0]?.madeAtMs;
      const before = book.state?.restUntilMs ?? 0;
      const rest = Math.max(before, last === undefined ? 0 : restUntilMs(last));
      if (rest <= nowMs) await this.#store.delete();
      else {
        const left: ParticipationState = { kind: 'left', restUntilMs: rest };
        await this.#store.reduceTo(await sealLedgerRow(session.ring, STATE_ID, left));
      }
      await this.#trail.note(session, 'insights-left');
    });
  }

  /**
   * Makes the next report, if one may be made now: one transaction, on the disk before this answers, writes down
   * what was spent and queues the bytes.
   *
   * @returns whether one was made
   */
  async makeReport({ values, endpoint }: ReportSource): Answer<boolean> {
    const looked = await this.#look();
    if (!looked.ok) return looked;
    return this.#vault.change(async (session) => {
      if (looked.value.isInDoubt) return false;
      const book = await openBook(this.#store, session);
      const { state } = book;
      if (book.isDamaged || state?.kind !== 'joined' || state.endpoint !== endpoint) return false;
      const nowMs = timeOf(book, looked.value);
      const next = await nextReport(session, book, nowMs, values);
      if (next.kind !== 'draft') return false;
      const { metric, epoch, answer, body } = next.draft;
      const id: string = crypto.randomUUID();
      const drop = forgettable(book, nowMs);
      const entry = { metric, epoch, madeAtMs: nowMs, epsilon: EPSILON_A_REPORT, answer, body };
      const spent = { ...state, entries: book.entries.length - drop.length + 1, highMs: nowMs };
      await this.#store.write({
        after: book.stored,
        state: await sealLedgerRow(session.ring, STATE_ID, spent),
        add: {
          entry: await sealLedgerRow(session.ring, id, entry),
          // By the clock on the wall, which is what whoever sends goes by.
          parcel: newParcel(id, endpoint, body, sendAfterMs(session.clock.now(), randomBytes(4))),
        },
        drop,
      });
      await this.#trail.note(session, 'insights-reported', {
        metric,
        epsilon: EPSILON_A_REPORT,
        bytes: body.length,
      });
      return true;
    });
  }

  /** What may be sent by now. */
  due(endpoint: string): Answer<readonly Parcel[]> {
    return this.#vault.read(async ({ clock }) => {
      const { parcels } = await this.#store.read();
      return dueParcels(parcels, endpoint, clock.now());
    });
  }

  settle(...[id, delivery]: Parameters<Outbox['settle']>): Answer<void> {
    return this.#vault.change(() => this.#store.settle(id, delivery));
  }

  /** Leaves nothing behind, whatever is in it. */
  destroy(): Promise<void> {
    return this.#store.delete();
  }
}

/** Never before anything that was written down here. */
const timeOf = ({ state, entries }: LedgerBook, { highMs }: ClockReading): number =>
  Math.max(highMs, state?.kind === 'joined' ? state.highMs : 0, entries[0]?.madeAtMs ?? 0);

async function nextReport(
  { ring }: VaultSession,
  book: LedgerBook,
  nowMs: number,
  values: MetricValues,
): Promise<NextReport> {
  const { key } = ring.insightKeys().active;
  const sign: Sign = async (message) => new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
  const rest = book.state?.restUntilMs ?? 0;
  if (rest > nowMs)
    return { kind: 'later', notBeforeMs: Math.max(rest, budgetAt(spendsOf(book), nowMs).nextAtMs) };
  return draftReport(sign, nowMs, spendsOf(book), values);
}

function refuseDamaged({ isDamaged }: LedgerBook): void {
  if (isDamaged) throw new VaultFailure({ kind: 'unavailable', detail: 'the ledger of insights is damaged' });
}
