import type { JsonObject } from '../../core/json';

/** What an interaction was like before anybody could say whether it was right; never what came of it. */
export const FEATURES = [
  'confidence',
  'was-asked',
  'decision-seconds-log',
  'duration-seconds-log',
  'hour-cosine',
  'hour-sine',
  'weekend',
  'reaches-outside',
  'sounds',
] as const;

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;

/**
 * @param content of a `user-interaction`
 * @param atMs epoch milliseconds; the clock of this device is used where the content does not tell the hour
 */
export function interactionFeatures(content: JsonObject, atMs: number): readonly number[] {
  const wall = new Date(atMs);
  const { confidence, recognition, latencyMs, durationMs, hour, weekday, actionKind } = content;
  const angle = (2 * Math.PI * within(hour, 0, 23, wall.getHours())) / 24;
  const day = within(weekday, 0, 6, wall.getDay());
  const seconds = (ms: unknown): number => Math.log1p(within(ms, 0, 3_600_000, 0) / 1_000);
  return [
    within(confidence, 0, 1, 0),
    recognition === 'did-you-mean' ? 1 : 0,
    seconds(latencyMs),
    seconds(durationMs),
    Math.cos(angle),
    Math.sin(angle),
    day === 0 || day === 6 ? 1 : 0,
    actionKind === 'webhook' || actionKind === 'link' ? 1 : 0,
    actionKind === 'speak' ? 1 : 0,
  ];
}
