import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

/** One way of opening the vault: what it is, whether it is there, and what can be done about it. */
export function WayIn({
  icon,
  name,
  isThere,
  words,
  children,
}: {
  readonly icon: IconName;
  readonly name: string;
  readonly isThere: boolean;
  readonly words: string;
  readonly children?: ReactNode;
}) {
  return (
    <li className={isThere ? 'way is-there' : 'way'}>
      <span className="way-icon">
        <Icon name={icon} />
      </span>
      <div className="way-words">
        <h3>{name}</h3>
        <p className="small quiet">{words}</p>
        <div className="row way-buttons">{children}</div>
      </div>
      {isThere && (
        <span className="way-check">
          <Icon name="check" size={20} />
        </span>
      )}
    </li>
  );
}
