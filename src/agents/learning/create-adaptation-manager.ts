import type { AdaptationStrategy } from '../../adaptation/adaptation-strategy';
import { AdaptiveBehaviorManager } from '../../adaptation/adaptive-behavior-manager';
import { AskingStrategy } from '../../adaptation/asking-strategy';
import type { Observations } from '../../adaptation/effect-judge';
import { ListeningStrategy } from '../../adaptation/listening-strategy';
import { type PerformancePorts, PerformanceStrategy } from '../../adaptation/performance-strategy';
import { ResponseStyleStrategy } from '../../adaptation/response-style-strategy';
import type { SettingsPort } from '../../adaptation/settings-port';
import { StorageAndBatteryStrategy } from '../../adaptation/storage-and-battery-strategy';
import { assert } from '../../core/assert';
import type { Clock } from '../../core/clock';
import type { LearnerLogger } from '../../learning/learner';

/** What strategies may turn, and where they run. */
export interface AdaptationPorts {
  readonly clock: Clock;
  readonly logger: LearnerLogger;
  readonly ports: PerformancePorts;
  readonly settings: SettingsPort;
  /** `undefined` while it is not known. */
  readonly backend: () => 'wasm' | 'webgl' | 'webgpu' | 'cpu' | undefined;
}

/** The manager of all the ways in which Echo adapts itself; every strategy is enabled. */
export function createAdaptationManager(
  options: AdaptationPorts,
  observations: Observations,
): AdaptiveBehaviorManager {
  const { clock, logger } = options;
  const manager = new AdaptiveBehaviorManager({
    clock,
    newId: () => crypto.randomUUID(),
    onFailure: ({ strategy }) => logger.warn('a strategy failed', { strategy }),
    observations,
  });
  for (const strategy of strategiesOf(options)) {
    const isRegistered = manager.registerStrategy(strategy).ok;
    assert(isRegistered && manager.enableStrategy(strategy.name).ok, 'a strategy has a name of its own');
  }
  return manager;
}

/** In the order in which they have their turn. */
const strategiesOf = ({ ports, settings, backend }: AdaptationPorts): readonly AdaptationStrategy[] => [
  new PerformanceStrategy(ports),
  new ListeningStrategy(settings),
  new ResponseStyleStrategy(settings),
  new AskingStrategy(settings),
  new StorageAndBatteryStrategy({ settings, cache: ports.cache, backend }),
];
