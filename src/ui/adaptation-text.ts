import type { Adaptation } from '../echo';
import type { Formats } from './i18n/formats';
import type { MessageKey, Text } from './i18n/localisation';

/** Kinds of change that there are words for; one of a third party shows as it calls itself. */
const CHANGES = [
  'stricter-listening',
  'more-generous-listening',
  'longer-pause',
  'brief-answers',
  'full-answers',
  'more-questions',
  'fewer-questions',
  'training-when-charging',
  'sparing-backend',
  'smaller-cache',
  'cache-optimization',
  'concurrency-optimization',
] as const;
const REASONS = [
  'many-false-triggers',
  'many-misses',
  'many-repeats',
  'details-unread',
  'details-unwanted',
  'details-wanted',
  'questions-useful',
  'questions-needless',
  'low-battery',
  'little-room',
  'cache-misses',
  'many-requests',
] as const;
const METRICS = [
  'complaints',
  'misheard',
  'repeats',
  'bother-seconds',
  'decision-seconds',
  'operation-seconds',
] as const;

const SETTINGS: Readonly<Record<string, MessageKey>> = {
  'recognition.falseTriggers': 'settings.falseTriggers',
  'endpointing.hangoverMs': 'settings.hangover',
  'answers.style': 'settings.answers',
  'actions.questions': 'settings.questions',
  'compute.backend': 'adapt.setting.backend',
  'compute.training': 'adapt.setting.training',
  'learning.dataManager.cacheSize': 'adapt.setting.cache',
  'performance.maxConcurrency': 'adapt.setting.workers',
};

function known<T extends string>(names: readonly T[], name: string | undefined): T | undefined {
  return names.find((one) => one === name);
}

/** What was changed, in a few words. */
export function changeText(
  text: Text,
  { action, strategy }: Pick<Adaptation, 'action' | 'strategy'>,
): string {
  const kind = known(CHANGES, action.kind);
  return kind === undefined
    ? text('adapt.change.other', { strategy, kind: action.kind })
    : text(`adapt.change.${kind}`);
}

/** Why; empty where the strategy does not say. */
export function reasonText(text: Text, formats: Formats, { action }: Pick<Adaptation, 'action'>): string {
  const kind = known(REASONS, action.reason?.kind);
  if (kind === undefined || action.reason === undefined) return '';
  const figures = Object.entries(action.reason.evidence).map(([name, figure]) => [
    name,
    name === 'share' && typeof figure === 'number' ? formats.percent(figure) : figure,
  ]);
  return text(`adapt.reason.${kind}`, Object.fromEntries(figures));
}

/** The figures before and after, and how far chance may have had a hand in them. */
export function effectText(
  text: Text,
  formats: Formats,
  { action, effect }: Pick<Adaptation, 'action' | 'effect'>,
): string {
  const { metric } = action;
  const name = known(METRICS, metric?.name);
  if (metric === undefined || effect === undefined || name === undefined) return '';
  const told = (value: number) =>
    metric.kind === 'share' ? formats.percent(value) : formats.number(value, 3);
  const points = (value: number) =>
    metric.kind === 'share' ? formats.number(value * 100) : formats.number(value, 3);
  return text('adapt.effect', {
    metric: text(`adapt.metric.${name}`),
    before: told(effect.before.mean),
    beforeCount: effect.before.count,
    after: told(effect.after.mean),
    afterCount: effect.after.count,
    low: points(effect.low),
    high: points(effect.high),
    unit: metric.kind === 'share' ? 'points' : 'seconds',
  });
}

/** Whether it holds, and who ended it. */
export function stateText(text: Text, { state, effect }: Pick<Adaptation, 'state' | 'effect'>): string {
  switch (state.kind) {
    case 'measuring':
      return text('adapt.state.measuring', { count: effect?.after.count ?? 0 });
    case 'in-force':
      return text(`adapt.state.${state.verdict}`);
    case 'reverted':
      return text(`adapt.state.reverted.${state.by}`);
    case 'overruled':
      return text('adapt.state.overruled');
  }
}

/** What a setting is called; a third party's keeps the name it has in the configuration. */
export function settingText(text: Text, setting: string): string {
  const key = SETTINGS[setting];
  return key === undefined ? setting : text(key);
}

/** Only what adaptation could touch is worth telling that it does not. */
export const isAdaptable = (setting: string): boolean => Object.hasOwn(SETTINGS, setting);
