import type { ReactNode } from 'react';
import { useText } from '../i18n/localisation';
import { Icon, type IconName } from './icon';

/** One message with the button that puts it away. */
export function NoticeCard({
  className,
  icon,
  onDismiss,
  children,
}: {
  readonly className: string;
  readonly icon: IconName;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}) {
  const text = useText();
  return (
    <div className={className}>
      <Icon name={icon} />
      {children}
      <button type="button" className="icon-button" aria-label={text('common.dismiss')} onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
