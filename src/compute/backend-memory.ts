import * as v from 'valibot';
import type { BackendMeasurement } from './backend-status';

export const BACKEND_NAMES = ['wasm', 'cpu', 'webgl', 'webgpu'] as const;
export type BackendName = BackendMeasurement['backend'];

const BackendMemorySchema = v.object({
  tfjsVersion: v.string(),
  backend: v.picklist(BACKEND_NAMES),
  measurements: v.array(
    v.object({
      backend: v.picklist(BACKEND_NAMES),
      stepMs: v.exactOptional(v.number()),
      failure: v.exactOptional(v.string()),
    }),
  ),
  measuredAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** What was measured on this device, plain data to be kept by the caller and handed back next time. */
export type BackendMemory = v.InferOutput<typeof BackendMemorySchema>;

/** Reads what was kept. Anything else, or another tfjs version, is as good as nothing: measure again. */
export function parseBackendMemory(value: unknown, tfjsVersion: string): BackendMemory | undefined {
  const parsed = v.safeParse(BackendMemorySchema, value);
  return parsed.success && parsed.output.tfjsVersion === tfjsVersion ? parsed.output : undefined;
}

/** The backend with the shortest step; the order of `measurements` breaks ties. */
export function fastestBackend(measurements: readonly BackendMeasurement[]): BackendName | undefined {
  let fastest: BackendMeasurement | undefined;
  for (const measurement of measurements) {
    if (measurement.stepMs === undefined || measurement.failure !== undefined) continue;
    if (fastest?.stepMs === undefined || measurement.stepMs < fastest.stepMs) fastest = measurement;
  }
  return fastest?.backend;
}
