import type { PhraseStrength } from '../../echo';
import { useText } from '../i18n/localisation';
import { strengthView } from '../phrase-strength';

const WIDTH = 100;

/** A bar with words: how well a phrase is known. */
export function StrengthBar({ strength }: { readonly strength: PhraseStrength | undefined }) {
  const text = useText();
  const view = strengthView(strength);
  return (
    <div className="strength">
      <svg
        className="strength-bar"
        role="img"
        aria-label={text('strength.label')}
        viewBox={`0 0 ${WIDTH} 6`}
        preserveAspectRatio="none"
      >
        <rect className="strength-track" width={WIDTH} height="6" rx="3" />
        <rect className="strength-fill" width={view.share * WIDTH} height="6" rx="3" />
      </svg>
      <span className="small quiet">{text(view.words)}</span>
    </div>
  );
}
