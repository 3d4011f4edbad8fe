import '../styles/command-button.css';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

const fetchBox = () => import('./command-box');
const CommandBox = lazy(async () => ({ default: (await fetchBox()).CommandBox }));

/** Opens the command box; so does Ctrl+K, or ⌘K, from anywhere that no other dialog is open. */
export function CommandButton() {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    // Somebody who types right after the shortcut would lose the first letters. Whoever opens it learns that it is missing.
    fetchBox().catch(() => undefined);
    const onKeyDown = (event: KeyboardEvent) => {
      const isShortcut =
        (event.ctrlKey || event.metaKey) &&
        !event.altKey &&
        !event.shiftKey &&
        event.key.toLowerCase() === 'k';
      if (!isShortcut || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      setIsOpen(true);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);

  useEffect(() => {
    if (!isOpen) return;
    // Back, and every other way to another place, leaves the box behind.
    const close = () => setIsOpen(false);
    addEventListener('hashchange', close);
    return () => removeEventListener('hashchange', close);
  }, [isOpen]);

  return (
    <>
      <button
        type="button"
        className="icon-button command-button"
        aria-label={text('commands.open')}
        aria-keyshortcuts="Control+K Meta+K"
        title={text('commands.open')}
        onClick={() => setIsOpen(true)}
      >
        <Icon name="search" />
      </button>
      {isOpen && (
        <Suspense>
          <CommandBox onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
