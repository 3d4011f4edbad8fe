import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { assert } from '../core/assert';
import type { Echo, EchoState } from '../echo';

const EchoContext = createContext<Echo | undefined>(undefined);

export function EchoProvider({ echo, children }: { readonly echo: Echo; readonly children: ReactNode }) {
  return <EchoContext value={echo}>{children}</EchoContext>;
}

export function useEcho(): Echo {
  const echo = useContext(EchoContext);
  assert(echo !== undefined, 'useEcho outside EchoProvider');
  return echo;
}

/** The current snapshot; the component renders again when it is replaced. */
export function useEchoState(): EchoState {
  const echo = useEcho();
  return useSyncExternalStore(
    (onChange) => echo.subscribe(onChange),
    () => echo.state,
  );
}
