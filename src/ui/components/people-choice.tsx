import '../styles/people.css';
import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';
import { NameDialog } from './name-dialog';
import { PersonMark } from './person-mark';

/** Before a vault is open: whose it shall be, where this device has more than one person. */
export function PeopleChoice() {
  const echo = useEcho();
  const text = useText();
  const { profiles } = useEchoState();
  const [isAdding, setIsAdding] = useState(false);
  if (profiles.length < 2) return null;
  return (
    <nav aria-label={text('people.label')}>
      <ul className="people">
        {profiles.map(({ id, name, isCurrent }) => (
          <li key={id}>
            <button
              type="button"
              className="person"
              aria-current={isCurrent ? 'true' : undefined}
              onClick={() => void echo.profiles.switchTo(id)}
            >
              <PersonMark name={name} />
              <span className="person-name">{name === '' ? text('people.unnamed') : name}</span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="person is-new" onClick={() => setIsAdding(true)}>
            <span className="person-mark" aria-hidden="true">
              <Icon name="add" size={20} />
            </span>
            <span className="person-name">{text('people.add')}</span>
          </button>
        </li>
      </ul>
      {isAdding && (
        <NameDialog
          title={text('people.add')}
          body={text('people.add.body')}
          submit={text('people.add.do')}
          onSubmit={(name) => echo.profiles.create(name)}
          onClose={() => setIsAdding(false)}
        />
      )}
    </nav>
  );
}
