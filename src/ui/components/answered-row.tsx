import type { ReactNode } from 'react';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

/** One thing heard or typed, as it stands in a list: what Echo made of it, what became of it, and the way to correct it. */
export function AnsweredRow({
  mark,
  name,
  isNothing,
  words,
  when,
  result,
  more,
  onCorrect,
}: {
  /** What stands before the words: its sound, or what else tells how it came. */
  readonly mark: ReactNode;
  readonly name: string;
  /** It was nothing that there is. */
  readonly isNothing: boolean;
  /** Between the name and what became of it. */
  readonly words?: ReactNode;
  readonly when: string;
  /** Empty where nothing became of it. */
  readonly result: string;
  /** Further buttons, before the one that corrects. */
  readonly more?: ReactNode;
  readonly onCorrect: () => void;
}) {
  const { text } = useLocalisation();
  return (
    <li className="utterance">
      {mark}
      <div className="utterance-words">
        <span className={isNothing ? 'quiet' : 'utterance-name'}>{name}</span>
        {words}
        <span className="small quiet utterance-result">
          {when}
          {result !== '' && ` · ${result}`}
        </span>
      </div>
      <div className="utterance-buttons">
        {more}
        <button
          type="button"
          className="icon-button"
          aria-label={text('history.correct', { what: name })}
          onClick={onCorrect}
        >
          <Icon name="edit" />
        </button>
      </div>
    </li>
  );
}
