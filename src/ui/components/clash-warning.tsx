import type { Clash } from '../../echo';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Dialog } from './dialog';

/** Before saving: this sounds like a phrase already taught. A warning, not a wall. */
export function ClashWarning({
  clash,
  onChange,
  onAnyway,
}: {
  readonly clash: Clash;
  readonly onChange: () => void;
  readonly onAnyway: () => void;
}) {
  const text = useText();
  const { phrases } = useEchoState();
  const name = phrases.find((phrase) => phrase.id === clash.phraseId)?.name ?? text('answer.removedPhrase');
  return (
    <Dialog title={text('teach.clash.title', { name })} onClose={onChange}>
      <p>{text('teach.clash.body')}</p>
      <div className="row">
        <button type="button" className="button button-primary" onClick={onChange}>
          {text('teach.clash.change')}
        </button>
        <button type="button" className="button" onClick={onAnyway}>
          {text('teach.clash.anyway')}
        </button>
      </div>
    </Dialog>
  );
}
