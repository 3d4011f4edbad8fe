import { useState } from 'react';
import type { KeyState } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useKeyState } from '../hooks/use-key-state';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { Icon } from './icon';
import { SavingProblem } from './saving-problem';

const DAY_MS = 86_400_000;

/** The keys in plain words: how old, until when, and whether an older one is still needed. */
export function KeysSection() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { upkeep } = useEchoState();
  const { value: keys, error } = useKeyState();
  const { isBusy, problem, save } = useSaving();
  const [isAsked, setIsAsked] = useState(false);
  const first = keys?.levels[0];
  const rowsLeft = keys === undefined ? 0 : sum(keys.retired, (key) => key.rowsLeft);
  const unreadable = keys === undefined ? 0 : sum(keys.retired, (key) => key.unreadable);
  const isSealing = upkeep.kind === 'running' && upkeep.task === 'rotation';
  const failure = error ?? (upkeep.kind === 'failed' ? upkeep.error : undefined);

  return (
    <section className="card">
      <h2>{text('privacy.keys')}</h2>
      {first !== undefined && (
        <p>
          {text('privacy.keys.intro', { days: Math.round((first.rotatesAt - first.createdAt) / DAY_MS) })}
        </p>
      )}
      <dl className="facts">
        {keys !== undefined &&
          inOrder(keys).map((key) => (
            <div key={key.level} className="fact">
              <dt>{text(`privacy.keys.level.${key.level}`)}</dt>
              <dd className="small quiet">
                {text('privacy.keys.times', {
                  made: formats.date(key.createdAt),
                  next: formats.date(key.rotatesAt),
                })}
              </dd>
            </div>
          ))}
      </dl>
      {keys !== undefined && (
        <p className="verdict-line">
          <Icon name={rowsLeft > 0 ? 'again' : 'check'} />
          {rowsLeft > 0
            ? text('privacy.keys.older', { keys: keys.retired.length, rows: rowsLeft })
            : text(isAsked && !isBusy && !isSealing ? 'privacy.keys.renewed' : 'privacy.keys.noOlder')}
        </p>
      )}
      {unreadable > 0 && (
        <p className="problem">
          <Icon name="warning" size={18} />
          {text('privacy.keys.unreadable', { count: unreadable })}
        </p>
      )}
      {isSealing && <SealingProgress done={upkeep.resealed} left={rowsLeft} />}
      <SavingProblem problem={problem ?? (failure && vaultErrorText(text, failure))} />
      <div>
        <button
          type="button"
          className="button"
          disabled={isBusy || isSealing}
          onClick={() => void save(() => echo.vault.rotateKeys()).then(setIsAsked)}
        >
          <Icon name="key" />
          {text('privacy.keys.renew')}
        </button>
      </div>
    </section>
  );
}

/** What is closest to the person comes first. */
const LEVELS = ['confidential', 'private', 'internal', 'public'] as const;

function inOrder({ levels }: KeyState): KeyState['levels'] {
  return LEVELS.flatMap((level) => levels.filter((key) => key.level === level));
}

function SealingProgress({ done, left }: { readonly done: number; readonly left: number }) {
  const { text, formats } = useLocalisation();
  const words = text('privacy.keys.progress', {
    done: formats.number(done),
    total: formats.number(done + left),
  });
  return (
    <div className="row" role="status">
      <progress max={Math.max(1, done + left)} value={done} aria-label={text('privacy.keys.sealing')} />
      <span className="small quiet">{words}</span>
    </div>
  );
}

function sum(keys: KeyState['retired'], figure: (key: KeyState['retired'][number]) => number): number {
  return keys.reduce((total, key) => total + figure(key), 0);
}
