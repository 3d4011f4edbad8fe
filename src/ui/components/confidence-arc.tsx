import { confidenceWords } from '../confidence';
import { useLocalisation } from '../i18n/localisation';

const RADIUS = 10;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** How sure Echo is: a circle filled in proportion, and the words beside it. */
export function ConfidenceArc({ confidence }: { readonly confidence: number }) {
  const { text, formats } = useLocalisation();
  const words = text(confidenceWords(confidence));
  return (
    <span className="confidence">
      <svg
        className="confidence-arc"
        role="img"
        aria-label={text('answer.confidence', { words, percent: formats.percent(confidence) })}
        width="26"
        height="26"
        viewBox="0 0 26 26"
      >
        <circle className="confidence-track" cx="13" cy="13" r={RADIUS} />
        <circle
          className="confidence-fill"
          cx="13"
          cy="13"
          r={RADIUS}
          strokeDasharray={`${confidence * CIRCUMFERENCE} ${CIRCUMFERENCE}`}
          transform="rotate(-90 13 13)"
        />
      </svg>
      <span aria-hidden="true">
        {words} <span className="figures quiet">{formats.percent(confidence)}</span>
      </span>
    </span>
  );
}
