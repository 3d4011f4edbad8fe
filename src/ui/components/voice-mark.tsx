import type { Interaction } from '../../echo';
import { useText } from '../i18n/localisation';

/** Whose voice it sounded like, where that can be told. It never changes what was done. */
export function VoiceMark({ interaction }: { readonly interaction: Interaction }) {
  const text = useText();
  const { voice } = interaction.recognition;
  if (voice === undefined) return null;
  return (
    <span className="quiet" title={text('answer.voice.hint')}>
      {text(`answer.voice.${voice.band}`)}
    </span>
  );
}
