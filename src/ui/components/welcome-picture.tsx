import { useText } from '../i18n/localisation';

const CENTRE = { x: 210, y: 70 };
const BAR_PEAKS = [6, 14, 9, 24, 38, 30, 46, 34, 20, 28, 14, 8];

/** A voice comes in from the left and a ring closes around its echo. */
export function WelcomePicture() {
  const text = useText();
  return (
    <svg className="welcome-picture" role="img" aria-label={text('welcome.picture')} viewBox="0 0 300 140">
      {BAR_PEAKS.map((peak, bar) => {
        const x = 16 + bar * 10;
        return (
          <line
            key={x}
            className="welcome-voice"
            x1={x}
            x2={x}
            y1={CENTRE.y - peak * 0.9}
            y2={CENTRE.y + peak * 0.9}
            opacity={0.25 + (bar / BAR_PEAKS.length) * 0.75}
          />
        );
      })}
      <circle className="welcome-halo" cx={CENTRE.x} cy={CENTRE.y} r="64" />
      <circle className="welcome-halo" cx={CENTRE.x} cy={CENTRE.y} r="54" />
      <circle className="welcome-ring" cx={CENTRE.x} cy={CENTRE.y} r="42" />
      {BAR_PEAKS.slice(3, 10).map((peak, bar) => {
        const x = CENTRE.x - 21 + bar * 7;
        return (
          <line
            key={x}
            className="welcome-echo"
            x1={x}
            x2={x}
            y1={CENTRE.y - peak * 0.4}
            y2={CENTRE.y + peak * 0.4}
          />
        );
      })}
    </svg>
  );
}
