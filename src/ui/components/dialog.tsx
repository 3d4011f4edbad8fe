import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

/**
 * A modal sheet: the browser's own `dialog`, which keeps the focus inside, closes on Escape and gives the
 * focus back. Mount it to open it; `onClose` must unmount it.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const text = useText();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const opener = document.activeElement;
    element.showModal();
    heading.current?.focus();
    return () => {
      element.close();
      // What opened it may be gone by now.
      const target = opener?.isConnected === true ? opener : document.querySelector('#content h1');
      if (target instanceof HTMLElement) target.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        {/* The sheet opens on its title; the first control would be the one that closes it. */}
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="icon-button" aria-label={text('common.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
