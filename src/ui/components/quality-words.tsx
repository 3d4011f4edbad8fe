import type { Quality } from '../../echo';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

/** The verdict on a recording: its most serious flaw, or that there is none. */
export function QualityWords({ quality }: { readonly quality: Quality }) {
  const text = useText();
  const flaw = quality.flaws[0];
  return (
    <p className={flaw === undefined ? 'verdict is-good' : 'verdict'}>
      <Icon name={flaw === undefined ? 'check' : 'info'} size={18} />
      {text(`flaw.${flaw ?? 'none'}`)}
    </p>
  );
}
