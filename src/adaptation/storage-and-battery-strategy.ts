import { err, ok, type Result } from '../core/result';
import type { ActionChange, AdaptationAction, AdaptationContext, AppliedAction } from './adaptation-strategy';
import type { PerformancePorts } from './performance-strategy';
import type { SettingsPort } from './settings-port';
import { SettingsStrategy } from './settings-strategy';
import { METRICS } from './usage-evidence';

const FULL = 0.85;
const LOW_BATTERY = 0.3;
/** Opened rows; with fewer a cache answers hardly anything. */
const SMALLEST_CACHE = 500;

interface Ports {
  readonly settings: SettingsPort;
  readonly cache: PerformancePorts['cache'];
  /** Where the network of this device is trained now. */
  readonly backend: () => 'wasm' | 'webgl' | 'webgpu' | 'cpu' | undefined;
}

/** Takes less room where there is little, and less of the battery while it is low. */
export class StorageAndBatteryStrategy extends SettingsStrategy {
  readonly name = 'storage-and-battery';
  readonly type = 'storage-and-battery';
  readonly description =
    'Less room where it is short, and training only while charging once the battery is low';
  readonly #ports: Ports;

  constructor(ports: Ports) {
    super(ports.settings);
    this.#ports = ports;
  }

  analyzeApplicability({ device = {} }: AdaptationContext): number {
    return isFull(device) || isLow(device) ? 0.6 : 0;
  }

  async generateActions({ device = {} }: AdaptationContext): Promise<readonly AdaptationAction[]> {
    const actions: AdaptationAction[] = [];
    if (isFull(device)) {
      const { capacity, ttlSeconds } = await this.#ports.cache.read();
      if (capacity > SMALLEST_CACHE) {
        actions.push({
          kind: 'smaller-cache',
          setting: 'learning.dataManager.cacheSize',
          parameters: { capacity: Math.max(SMALLEST_CACHE, Math.floor(capacity / 2)), ttlSeconds },
          expectedImpact: 0.2,
          reason: { kind: 'little-room', evidence: { share: device.fullness ?? 0 } },
          metric: METRICS['operation-seconds'],
        });
      }
    }
    if (!isLow(device)) return actions;
    const evidence = { share: device.batteryShare ?? 0 };
    if (this.read('compute.training') === 'always') {
      actions.push(
        this.propose({
          kind: 'training-when-charging',
          setting: 'compute.training',
          to: 'when-charging',
          expectedImpact: 0.2,
          reason: { kind: 'low-battery', evidence },
          metric: 'misheard',
        }),
      );
    }
    const backend = this.#ports.backend();
    if (this.read('compute.backend') === 'auto' && (backend === 'webgl' || backend === 'webgpu')) {
      actions.push(
        this.propose({
          kind: 'sparing-backend',
          setting: 'compute.backend',
          to: 'wasm',
          expectedImpact: 0.1,
          reason: { kind: 'low-battery', evidence },
          metric: 'decision-seconds',
        }),
      );
    }
    return actions;
  }

  protected override async applyAction(action: AdaptationAction): Promise<Result<ActionChange, string>> {
    if (action.kind !== 'smaller-cache') return super.applyAction(action);
    const { capacity, ttlSeconds } = action.parameters;
    if (typeof capacity !== 'number' || typeof ttlSeconds !== 'number')
      return err('no size to give the cache');
    const before = await this.#ports.cache.read();
    const changed = await this.#ports.cache.change({ capacity, ttlSeconds });
    return changed.ok ? ok({ before: { ...before }, after: { ...changed.value } }) : changed;
  }

  /** The size of the cache is in the configuration, which outlasts the page. */
  override resumeAction(action: AppliedAction): boolean | Promise<boolean> {
    if (action.kind !== 'smaller-cache') return super.resumeAction(action);
    return this.#ports.cache.read().then(({ capacity }) => capacity === action.after['capacity']);
  }

  protected override async undoAction(action: AppliedAction): Promise<Result<void, string>> {
    if (action.kind !== 'smaller-cache') return super.undoAction(action);
    const { capacity, ttlSeconds } = action.before;
    if (typeof capacity !== 'number' || typeof ttlSeconds !== 'number') return err('no size to go back to');
    const reverted = await this.#ports.cache.change({ capacity, ttlSeconds });
    return reverted.ok ? ok(undefined) : reverted;
  }
}

const isFull = ({ fullness = 0 }: NonNullable<AdaptationContext['device']>): boolean => fullness >= FULL;

const isLow = ({ isCharging, batteryShare = 1 }: NonNullable<AdaptationContext['device']>): boolean =>
  isCharging === false && batteryShare <= LOW_BATTERY;
