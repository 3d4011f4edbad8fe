import '../styles/shell.css';
import { useText } from '../i18n/localisation';

/** The name with its sign: an open ring with a voice across it. */
export function Wordmark() {
  const text = useText();
  return (
    <span className="wordmark">
      <svg
        aria-hidden="true"
        width="28"
        height="28"
        viewBox="60 60 392 392"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path
          strokeWidth="36"
          d="M102 256C162 256 176 208 212 208C252 208 262 304 300 304C332 304 346 256 410 256A154 154 0 1 0 363 366"
        />
      </svg>
      {text('app.name')}
    </span>
  );
}
