import type { Clock } from '../../../src/core/clock';
import { newId } from '../../../src/core/ids';
import { epochMs, monotonicMs } from '../../../src/core/units';
import { Upkeep } from '../../../src/vault/maintenance/upkeep';
import { Vault } from '../../../src/vault/vault';
import { NOON_MS, sampleInteraction, worked } from '../../browser/vault/sample-rows';

const DAY_MS = 86_400_000;

/** A device's clock that somebody can set. */
class SettableClock implements Clock {
  #nowMs = NOON_MS;
  #monotonicMs = 0;

  now = () => epochMs(this.#nowMs);
  monotonic = () => monotonicMs(this.#monotonicMs);

  /** Time goes by. */
  pass(ms: number): void {
    this.#nowMs += ms;
    this.#monotonicMs += ms;
  }

  /** The clock is set. */
  set(toMs: number): void {
    this.#nowMs = toMs;
  }
}

export interface Kept {
  /** Days before the beginning of the interactions that are there. */
  readonly agesDays: readonly number[];
  readonly keyIds: readonly string[];
  readonly quarantined: number;
}

function keep(vault: Vault, clock: Clock): Upkeep {
  const upkeep = new Upkeep(vault, clock, () => undefined);
  upkeep.configure({ retentionDays: 365, rotationDays: 30, intervalMs: DAY_MS });
  return upkeep;
}

/** A vault with its upkeep, on a clock that can be set, with one interaction of each of these ages. */
export async function keepVault(agesDays: readonly number[]) {
  const name = `kept-${crypto.randomUUID()}`;
  const clock = new SettableClock();
  let vault = new Vault({ name, clock });
  let upkeep = keep(vault, clock);
  await worked(vault.create('convenience'));
  const rows = agesDays.map((days) => ({
    ...sampleInteraction(),
    id: newId<ReturnType<typeof sampleInteraction>['id']>(),
    heardAt: NOON_MS - days * DAY_MS,
  }));
  await worked(vault.write(rows.map((row) => ({ op: 'put', table: 'interactions', row }))));

  return {
    beganAtMs: NOON_MS,
    clock,
    round: async () => worked(upkeep.round()),
    /** Echo is closed and opened again. */
    async reopen(): Promise<void> {
      await worked(vault.lock());
      await vault.close();
      vault = new Vault({ name, clock });
      upkeep = keep(vault, clock);
      await worked(vault.unlock());
    },
    async look(): Promise<Kept> {
      const listed = await worked(vault.list('interactions'));
      const state = await worked(vault.keyState());
      return {
        agesDays: listed.rows.map(({ heardAt }) => (NOON_MS - heardAt) / DAY_MS).sort((a, b) => a - b),
        keyIds: [...state.levels, ...state.retired].map(({ keyId }) => keyId),
        quarantined: listed.quarantined.length,
      };
    },
  };
}
