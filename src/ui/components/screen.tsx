import { type ReactNode, useEffect, useRef } from 'react';
import { useHeadingFocus } from '../hooks/use-heading-focus';
import { useText } from '../i18n/localisation';
import { hrefOf, type Route } from '../router';
import { Icon } from './icon';

/** The frame of one place: its one `h1`, the document title, the focus, and an optional side panel. */
export function Screen({
  title,
  isTitleHidden = false,
  back,
  actions,
  aside,
  children,
}: {
  readonly title: string;
  readonly isTitleHidden?: boolean;
  readonly back?: { readonly route: Route; readonly place: string };
  readonly actions?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = text('app.titleOf', { screen: title });
  }, [title, text]);

  useHeadingFocus(heading);

  return (
    <div className={aside === undefined ? 'screen' : 'screen has-aside'}>
      <div className="screen-column">
        <header className={isTitleHidden ? 'visually-hidden' : 'screen-head'}>
          {back && (
            <a
              className="icon-button"
              href={hrefOf(back.route)}
              aria-label={text('nav.back', { place: back.place })}
            >
              <Icon name="back" />
            </a>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {actions}
        </header>
        {children}
      </div>
      {aside !== undefined && <aside className="screen-aside">{aside}</aside>}
    </div>
  );
}
