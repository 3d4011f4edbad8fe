import { err, type Result } from '../core/result';
import type { BackendMemory } from './backend-memory';
import type { BackendStatus } from './backend-status';
import type { Compute, ComputeError, ComputeOptions } from './compute-contract';

/**
 * The thread's compute. tfjs is downloaded at the first call, not before.
 *
 * @example
 * const compute = createCompute();
 * const memory = await compute.start('auto');
 */
export function createCompute(options: ComputeOptions = {}): Compute {
  let status: BackendStatus = { kind: 'not-started' };
  const setStatus = (next: BackendStatus): void => {
    status = next;
    options.onStatus?.(next);
  };
  let loading: Promise<Omit<Compute, 'status'>> | undefined;
  const session = (): Promise<Omit<Compute, 'status'>> => {
    loading ??= import('./compute-session').then(({ createComputeSession }) =>
      createComputeSession({ ...options, onStatus: setStatus }),
    );
    return loading;
  };
  /** The code itself may fail to load: offline before everything was cached. The next call tries again. */
  const unavailable = (reason: unknown): ComputeError => {
    loading = undefined;
    const detail = reason instanceof Error ? reason.message : String(reason);
    setStatus({ kind: 'unavailable', detail });
    return { kind: 'no-backend', detail };
  };
  const orNothing = async (
    work: (loaded: Omit<Compute, 'status'>) => Promise<BackendMemory | undefined>,
  ): Promise<BackendMemory | undefined> => {
    try {
      return await work(await session());
    } catch (reason) {
      unavailable(reason);
      return undefined;
    }
  };
  const orError = async <T, E>(
    work: (loaded: Omit<Compute, 'status'>) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | ComputeError>> => {
    try {
      return await work(await session());
    } catch (reason) {
      return err(unavailable(reason));
    }
  };
  return {
    get status() {
      return status;
    },
    start: (preference, memory) => orNothing((loaded) => loaded.start(preference, memory)),
    measure: () => orNothing((loaded) => loaded.measure()),
    train: (jobs, signal) => orError((loaded) => loaded.train(jobs, signal)),
    tune: (jobs, signal) => orError((loaded) => loaded.tune(jobs, signal)),
    loadEncoder: (weights) => orError((loaded) => loaded.loadEncoder(weights)),
    encode: (logMel, signal) => orError((loaded) => loaded.encode(logMel, signal)),
  };
}
