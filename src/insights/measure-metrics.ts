import type { Language } from '../core/language';
import type { ActionFailure, Interaction } from '../learning/records';
import type { MetricValues } from './draft-report';
import { DAY_MS } from './epoch';
import { metricBuckets } from './protocol/metrics';

/** What the answers are computed from: counts of what is on this device already. */
export interface DeviceFacts {
  readonly nowMs: number;
  readonly language: Language;
  /** `undefined` while it is not known. */
  readonly backend: 'webgpu' | 'webgl' | 'wasm' | 'none' | undefined;
  /** Recordings that are examples, for each phrase. */
  readonly takesOfPhrases: readonly number[];
  readonly interactions: readonly Pick<
    Interaction,
    'action' | 'correction' | 'heardAt' | 'quality' | 'recognition'
  >[];
}

const RECENT_MS = 30 * DAY_MS;
/** A share of fewer utterances than this says nothing. */
const FEWEST_UTTERANCES = 20;

/** The true bucket of every question. */
export function measureMetrics(facts: DeviceFacts): MetricValues {
  const recent = facts.interactions.filter(({ heardAt }) => heardAt > facts.nowMs - RECENT_MS);
  const { backend } = facts;
  return {
    'interface-language': metricBuckets['interface-language'].indexOf(facts.language),
    'action-undone': recent.some(({ action }) => action.kind === 'undone') ? 1 : 0,
    ...(backend !== undefined && { 'compute-backend': metricBuckets['compute-backend'].indexOf(backend) }),
    'takes-per-phrase': placeIn([0, 1, 2, 3, 5], lowerMedian(facts.takesOfPhrases)),
    'phrases-taught': placeIn([0, 2, 5, 10, 20, 40, 80], facts.takesOfPhrases.length),
    'corrections-needed': shareBucket(recent, ({ correction }) => correction !== undefined),
    'not-recognised': shareBucket(recent, ({ recognition }) => recognition.outcome === 'unknown'),
    'failing-feature': metricBuckets['failing-feature'].indexOf(failingFeature(recent)),
  };
}

/** Index of the first limit that holds the value; one past the last when none does. */
function placeIn(limits: readonly number[], value: number): number {
  const at = limits.findIndex((limit) => value <= limit);
  return at === -1 ? limits.length : at;
}

/** Of two in the middle the smaller; 0 of nothing. */
function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

type Recent = DeviceFacts['interactions'][number];

function shareBucket(recent: readonly Recent[], counts: (interaction: Recent) => boolean): number {
  if (recent.length < FEWEST_UTTERANCES) return 0;
  const hundredfold = recent.filter(counts).length * 100;
  return (
    1 +
    placeIn(
      [0, 2, 5, 10, 20, 40].map((percent) => percent * recent.length),
      hundredfold,
    )
  );
}

type Feature = (typeof metricBuckets)['failing-feature'][number];

const featureOf: Readonly<Record<ActionFailure, Feature>> = {
  'origin-not-allowed': 'webhook',
  'http-error': 'webhook',
  unreachable: 'webhook',
  timeout: 'webhook',
  'bad-json': 'webhook',
  'popup-blocked': 'link',
  'clipboard-refused': 'copying',
  'no-voice': 'speaking',
  'storage-full': 'storage',
};

function failingFeature(recent: readonly Recent[]): Feature {
  const failures = new Map<Feature, number>();
  const count = (feature: Feature): unknown => failures.set(feature, (failures.get(feature) ?? 0) + 1);
  for (const { action, quality, recognition } of recent) {
    if (action.kind === 'failed') count(featureOf[action.reason]);
    // A flawed recording failed somebody only where nothing came of it.
    if (quality.flaws.length > 0 && recognition.outcome === 'unknown') count('recording-quality');
  }
  const [worst, next] = [...failures].toSorted(([, a], [, b]) => b - a);
  if (worst === undefined) return 'nothing';
  return worst[1] === next?.[1] ? 'several-equally' : worst[0];
}
