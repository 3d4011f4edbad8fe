import '../styles/people.css';
import { useState } from 'react';
import { err } from '../../core/result';
import type { ProfileView } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { profileErrorText } from '../profile-error-text';
import { Icon } from './icon';
import { NameDialog } from './name-dialog';
import { PersonMark } from './person-mark';
import { TypedConfirmDialog } from './typed-confirm-dialog';

type Asking = { readonly kind: 'add' } | { readonly kind: 'rename' | 'remove'; readonly person: ProfileView };

/** Who uses this device: add, rename, switch to and remove people. */
export function PeopleSettings() {
  const echo = useEcho();
  const text = useText();
  const { profiles } = useEchoState();
  const [asking, setAsking] = useState<Asking>();
  const [message, setMessage] = useState<string>();
  const nameOf = ({ name }: ProfileView) => (name === '' ? text('people.unnamed') : name);
  const close = () => setAsking(undefined);
  return (
    <section className="card">
      <h2>{text('settings.people')}</h2>
      <p className="quiet">{text('settings.people.intro')}</p>
      <ul className="list">
        {profiles.map((person) => (
          <PersonRow key={person.id} person={person} name={nameOf(person)} onAsk={setAsking} />
        ))}
      </ul>
      <div>
        <button type="button" className="button" onClick={() => setAsking({ kind: 'add' })}>
          <Icon name="add" />
          {text('people.add')}
        </button>
      </div>
      <p role="status">{message}</p>
      {asking?.kind === 'add' && (
        <NameDialog
          title={text('people.add')}
          body={text('people.add.body')}
          submit={text('people.add.do')}
          onSubmit={(name) => echo.profiles.create(name)}
          onClose={close}
        />
      )}
      {asking?.kind === 'rename' && (
        <NameDialog
          title={text('settings.people.renameTitle')}
          name={asking.person.name}
          submit={text('common.save')}
          onSubmit={(name) => echo.profiles.rename(asking.person.id, name)}
          onClose={close}
        />
      )}
      {asking?.kind === 'remove' && (
        <TypedConfirmDialog
          title={text('settings.people.remove.title', { name: nameOf(asking.person) })}
          body={text('settings.people.remove.body', { name: nameOf(asking.person) })}
          confirm={text('privacy.way.remove.confirm')}
          onConfirm={async () => {
            const removed = await echo.profiles.delete(asking.person.id);
            if (!removed.ok) return err(profileErrorText(text, removed.error));
            setMessage(text('settings.people.removed', { name: nameOf(asking.person) }));
            return removed;
          }}
          onClose={close}
        />
      )}
    </section>
  );
}

function PersonRow({
  person,
  name,
  onAsk,
}: {
  readonly person: ProfileView;
  readonly name: string;
  readonly onAsk: (asking: Asking) => void;
}) {
  const echo = useEcho();
  const text = useText();
  return (
    <li className="person-row">
      <PersonMark name={person.name} />
      <span className="person-words">
        <strong>{name}</strong>
        {person.isCurrent && <span className="small quiet">{text('settings.people.you')}</span>}
      </span>
      <span className="person-buttons">
        {!person.isCurrent && (
          <button
            type="button"
            className="button button-small"
            aria-label={text('settings.people.switch', { name })}
            onClick={() => void echo.profiles.switchTo(person.id)}
          >
            {text('settings.people.switchShort')}
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={text('settings.people.rename', { name })}
          onClick={() => onAsk({ kind: 'rename', person })}
        >
          <Icon name="edit" />
        </button>
        {!person.isCurrent && (
          <button
            type="button"
            className="icon-button"
            aria-label={text('settings.people.remove', { name })}
            onClick={() => onAsk({ kind: 'remove', person })}
          >
            <Icon name="delete" />
          </button>
        )}
      </span>
    </li>
  );
}
