import '../styles/phrases.css';
import { lazy, Suspense, useState } from 'react';
import type { PhraseId } from '../../core/ids';
import type { PhraseView } from '../../echo';
import { ConfirmDialog } from '../components/confirm-dialog';
import { Icon } from '../components/icon';
import { PhraseForm } from '../components/phrase-form';
import { PhraseTakes } from '../components/phrase-takes';
import { Screen } from '../components/screen';
import { StrengthBar } from '../components/strength-bar';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { worstClash } from '../phrase-strength';
import { goTo } from '../router';

const TakeComparison = lazy(async () => ({
  default: (await import('../components/take-comparison')).TakeComparison,
}));

const SayingAdvice = lazy(async () => ({
  default: (await import('../components/saying-advice')).SayingAdvice,
}));

/** One phrase: its name and action, its recordings, and the way to forget it. */
export function PhraseDetail({
  id,
  isRecording,
}: {
  readonly id: PhraseId;
  /** Opened to record more of it. */
  readonly isRecording: boolean;
}) {
  const text = useText();
  const phrase = useEchoState().phrases.find((one) => one.id === id);
  const back = { route: { screen: 'phrases' }, place: text('nav.phrases') } as const;
  if (phrase === undefined) {
    return (
      <Screen title={text('phrase.missing.title')} back={back}>
        <p className="quiet">{text('phrase.missing.body')}</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={phrase.name}
      back={back}
      aside={
        <>
          <PhraseTakes phrase={phrase} isRecording={isRecording} />
          <DeletePhrase phrase={phrase} />
        </>
      }
    >
      <Strength phrase={phrase} />
      <Suspense>
        <TakeComparison phrase={phrase} />
        <SayingAdvice phrase={phrase} />
      </Suspense>
      <PhraseForm phrase={phrase} />
    </Screen>
  );
}

function Strength({ phrase }: { readonly phrase: PhraseView }) {
  const text = useText();
  const { phrases } = useEchoState();
  const clash = worstClash(phrase.strength?.clashes ?? []);
  const rival = phrases.find((one) => one.id === clash?.phraseId);
  return (
    <div className="stack">
      <StrengthBar strength={phrase.strength} />
      {rival !== undefined && (
        <p className="chip chip-danger phrase-clash">
          <Icon name="warning" size={16} />
          {text('phrases.clash', { name: rival.name })}
        </p>
      )}
    </div>
  );
}

function DeletePhrase({ phrase }: { readonly phrase: PhraseView }) {
  const echo = useEcho();
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div>
      <button type="button" className="button button-danger" onClick={() => setIsAsking(true)}>
        <Icon name="delete" />
        {text('phrase.delete')}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={text('phrase.delete.title', { name: phrase.name })}
          confirm={text('phrase.delete.confirm')}
          onConfirm={async () => {
            await echo.phrases.delete(phrase.id);
            goTo({ screen: 'phrases' });
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>{text('phrase.delete.body', { count: phrase.takes.length })}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
