import type { DebugError } from '../../metrics/learning-debugger';
import type { BehaviourError } from './behaviour-line';
import type { AnalysisError } from './learning-agent';

/** `AnalysisError` says why there is nothing to show; `no-profile`: the vault is locked. */
export type LearningSystemError =
  | AnalysisError
  | BehaviourError
  | DebugError
  | { readonly kind: 'no-profile' };
