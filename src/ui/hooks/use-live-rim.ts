import { type RefObject, useEffect } from 'react';
import { useEcho } from '../echo-context';
import { levelShare, rimPath } from '../rim-path';
import { usePrefersReducedMotion } from './use-preferences';

const POINTS_A_SIDE = 49;
/** Levels arrive about 50 times a second; the rim shows the last two thirds of one. */
const FALL_PER_LEVEL = 0.82;

export const RIM_RADIUS = 94;
const RIM_SWING = 22;

export const STILL_RIM = rimPath(new Array<number>(POINTS_A_SIDE).fill(0), RIM_RADIUS, RIM_SWING);

/**
 * Draws the live level around a path, outside React: fifty changes a second are no state.
 * With reduced motion the rim only grows and shrinks as a whole, because the level is information.
 */
export function useLiveRim(path: RefObject<SVGPathElement | null>, isLive: boolean): void {
  const echo = useEcho();
  const isStill = usePrefersReducedMotion();

  useEffect(() => {
    const element = path.current;
    if (element === null || !isLive) return;
    const shares = new Array<number>(POINTS_A_SIDE).fill(0);
    let frame = 0;
    const draw = () => {
      frame = 0;
      element.setAttribute('d', rimPath(shares, RIM_RADIUS, RIM_SWING));
    };
    const stop = echo.onLevel((levelDb) => {
      const share = Math.max(levelShare(levelDb), (shares[0] ?? 0) * FALL_PER_LEVEL);
      if (isStill) shares.fill(share / 2);
      else {
        shares.pop();
        shares.unshift(share);
      }
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      element.setAttribute('d', STILL_RIM);
    };
  }, [echo, path, isLive, isStill]);
}
