import { useEffect, useRef } from 'react';
import { useEcho } from '../echo-context';
import { levelShare } from '../rim-path';

const BARS = 48;

/** The last second of sound as moving bars, drawn outside React. */
export function LevelMeter() {
  const echo = useEcho();
  const path = useRef<SVGPathElement>(null);

  useEffect(() => {
    const shares = new Array<number>(BARS).fill(0);
    let frame = 0;
    const draw = () => {
      frame = 0;
      const bars = shares.map((share, bar) => {
        const half = 0.75 + share * 19;
        return `M${bar * 6 + 3} ${20 - half}V${20 + half}`;
      });
      path.current?.setAttribute('d', bars.join(''));
    };
    draw();
    const stop = echo.onLevel((levelDb) => {
      shares.shift();
      shares.push(levelShare(levelDb));
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [echo]);

  return (
    <svg className="level-meter" aria-hidden="true" viewBox={`0 0 ${BARS * 6} 40`} preserveAspectRatio="none">
      <path ref={path} />
    </svg>
  );
}
