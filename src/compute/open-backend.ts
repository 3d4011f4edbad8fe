import {
  enableProdMode,
  engine,
  env,
  findBackendFactory,
  getBackend,
  type KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { assert } from '../core/assert';
import { err, ok, type Result } from '../core/result';
import { within } from '../core/within';
import type { BackendName } from './backend-memory';

/** Where the three WebAssembly builds of tfjs lie. Absent in Node, which finds them in the package. */
export type WasmPaths = Readonly<
  Record<
    'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm',
    string
  >
>;

export type BackendFailure =
  /** This browser or machine has nothing of the kind. */
  | { readonly kind: 'not-supported' }
  | { readonly kind: 'start-failed'; readonly detail: string }
  /** Did not start, or did not step, inside its time. */
  | { readonly kind: 'too-slow' }
  /** The canary died: it answers, but wrongly. */
  | { readonly kind: 'wrong-answers' };

export interface OpenBackendOptions {
  readonly wasmPaths?: WasmPaths;
  /** For starting a graphics backend; WASM gets longer. */
  readonly limitMs: number;
}

/** WASM may have to be downloaded first, and it is worth waiting for: it runs everywhere. */
const WASM_START_LIMIT_MS = 15_000;

type BackendFactory = () => KernelBackend | Promise<KernelBackend>;

/** tfjs forgets the factory when a backend is removed, and a lost device needs a fresh start. */
const factories = new Map<BackendName, BackendFactory>();

/** Backends that could not even be taken down; they stay out for as long as this thread lives. */
const broken = new Map<BackendName, string>();

async function loadBackend(name: BackendName, wasmPaths: WasmPaths | undefined): Promise<void> {
  enableProdMode();
  switch (name) {
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      // The threaded build starts its workers from blobs, which Trusted Types forbid.
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (wasmPaths !== undefined) setWasmPaths(wasmPaths);
      break;
    }
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      break;
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      break;
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      break;
  }
}

const detailOf = (reason: unknown): string =>
  reason instanceof Error
    ? reason.message
    : String((reason as { message?: unknown } | null)?.message ?? reason);

/** What lives on a backend for longer than one computation, and how it is let go. */
const tenants = new Map<BackendName, Set<() => void>>();

/**
 * Has tensors freed before their backend is taken down, while tfjs still knows whose they are.
 *
 * @returns a function that forgets `release` again
 */
export function beforeClose(name: BackendName, release: () => void): () => void {
  const releases = tenants.get(name) ?? new Set();
  tenants.set(name, releases.add(release));
  return () => releases.delete(release);
}

/** Takes a backend out of tfjs, so that `openBackend` starts it afresh. Its tensors are gone. */
export function closeBackend(name: BackendName): void {
  if (!isOpen(name)) return;
  try {
    for (const release of tenants.get(name) ?? []) release();
    removeBackend(name);
  } catch (reason) {
    broken.set(name, detailOf(reason));
  }
}

export function isOpen(name: BackendName): boolean {
  return engine().backendNames().includes(name);
}

/**
 * Does something short on an open backend in between, whatever another one is busy with: it was the active
 * one's turn before and is again afterwards. Nothing else runs meanwhile, since nothing here waits.
 */
export function onBackend<T>(name: BackendName, work: () => T): T {
  const before = getBackend();
  if (before === name) return work();
  const activate = (wanted: string): void => {
    // Takes effect before it returns where the backend has started; what it returns only repeats that.
    setBackend(wanted).catch(() => undefined);
  };
  assert(isOpen(name), 'the backend is open', name);
  activate(name);
  try {
    return work();
  } finally {
    if (typeof before === 'string' && isOpen(before as BackendName)) activate(before);
  }
}

/**
 * Starts a backend if need be, and makes it the one tfjs computes on.
 *
 * The factory runs outside the engine: tfjs switches backends when a start *ends*, so that a slow start
 * given up earlier would take over in the middle of other work.
 */
export async function openBackend(
  name: BackendName,
  options: OpenBackendOptions,
): Promise<Result<void, BackendFailure>> {
  const breakage = broken.get(name);
  if (breakage !== undefined) return err({ kind: 'start-failed', detail: breakage });
  try {
    if (getBackend() === name) return ok(undefined);
    if (!factories.has(name)) {
      await loadBackend(name, options.wasmPaths);
      const factory = findBackendFactory(name);
      if (factory === null) return err({ kind: 'not-supported' });
      factories.set(name, factory);
      removeBackend(name);
    }
    if (!isOpen(name)) {
      const limitMs = name === 'wasm' ? Math.max(WASM_START_LIMIT_MS, options.limitMs) : options.limitMs;
      const started = await within(limitMs, Promise.resolve(factories.get(name)?.()), (late) =>
        late?.dispose(),
      );
      if (started === undefined) return err({ kind: 'too-slow' });
      const backend = started.value;
      if (backend === undefined) return err({ kind: 'not-supported' });
      registerBackend(name, () => backend);
    }
    const isActive = await setBackend(name);
    return isActive ? ok(undefined) : err({ kind: 'start-failed', detail: 'refused' });
  } catch (reason) {
    return err({ kind: 'start-failed', detail: detailOf(reason) });
  }
}
