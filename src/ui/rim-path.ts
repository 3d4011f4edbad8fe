/** Levels quieter than this draw nothing; louder than `LOUDEST_DB` draw no more. */
const QUIETEST_DB = -58;
const LOUDEST_DB = -12;

const LOBES = 14;

/** Decibels relative to full scale as a share in [0, 1] of what speech spans. */
export function levelShare(levelDb: number): number {
  return Math.min(1, Math.max(0, (levelDb - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}

/**
 * A closed smooth curve around the origin. The first share lies at the top and the others run down both
 * sides at once, so that sound rises at the top and flows around the ring.
 *
 * @param shares in [0, 1], newest first
 * @param swing how far a share of 1 pushes the rim out, in the units of `radius`
 */
export function rimPath(shares: readonly number[], radius: number, swing: number): string {
  const half = shares.length;
  const count = Math.max(3, 2 * half - 2);
  const points = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    const share = shares[index < half ? index : count - index] ?? 0;
    // Lobes, so that steady sound looks alive instead of merely bigger.
    const reach = radius + swing * share * (0.7 + 0.3 * Math.cos(LOBES * angle));
    return { x: reach * Math.cos(angle), y: reach * Math.sin(angle) };
  });
  const middle = (index: number) => {
    const from = points[index % count] ?? { x: 0, y: 0 };
    const to = points[(index + 1) % count] ?? from;
    return `${((from.x + to.x) / 2).toFixed(1)} ${((from.y + to.y) / 2).toFixed(1)}`;
  };
  const curves = points.map((_, index) => {
    const corner = points[(index + 1) % count] ?? { x: 0, y: 0 };
    return `Q${corner.x.toFixed(1)} ${corner.y.toFixed(1)} ${middle(index + 1)}`;
  });
  return `M${middle(0)}${curves.join('')}Z`;
}
