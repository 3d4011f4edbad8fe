export const DAY_MS = 86_400_000;

/** Questions are dealt out anew after so many days. */
export const EPOCH_DAYS = 30;

const EPOCH_MS = EPOCH_DAYS * DAY_MS;

/** Whole epochs since 1970 (UTC), the same for every device. */
export const epochOf = (nowMs: number): number => Math.floor(nowMs / EPOCH_MS);

/** When an epoch begins. */
export const epochStartMs = (epoch: number): number => epoch * EPOCH_MS;
