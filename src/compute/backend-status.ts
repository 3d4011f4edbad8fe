export interface BackendMeasurement {
  readonly backend: 'wasm' | 'webgl' | 'webgpu' | 'cpu';
  /** Median time of one training step of the head, or why it does not run here. */
  readonly stepMs?: number;
  readonly failure?: string;
}

export type BackendStatus =
  | { readonly kind: 'not-started' }
  | { readonly kind: 'measuring' }
  | {
      readonly kind: 'ready';
      readonly backend: BackendMeasurement['backend'];
      readonly wasRemembered: boolean;
      readonly measurements: readonly BackendMeasurement[];
    }
  /** Echo still works: templates alone decide. */
  | { readonly kind: 'unavailable'; readonly detail: string };
