import { useState } from 'react';
import { PeopleChoice } from '../components/people-choice';
import { RestoreDialog } from '../components/restore-dialog';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

/** There was a vault and the browser deleted it. Echo never starts empty without saying so. */
export function Lost({ onStartAnew }: { readonly onStartAnew: () => void }) {
  const text = useText();
  const [isRestoring, setIsRestoring] = useState(false);
  return (
    <Gate title={text('lost.title')} icon="warning">
      <PeopleChoice />
      <div className="gate-text">
        <h1>{text('lost.title')}</h1>
        <p>{text('lost.body')}</p>
        <p className="quiet">{text('lost.do')}</p>
      </div>
      <div className="row">
        <button type="button" className="button button-primary" onClick={() => setIsRestoring(true)}>
          {text('lost.restore')}
        </button>
        <button type="button" className="button" onClick={onStartAnew}>
          {text('lost.anew')}
        </button>
      </div>
      {isRestoring && <RestoreDialog onClose={() => setIsRestoring(false)} />}
    </Gate>
  );
}
