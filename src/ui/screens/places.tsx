import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '../components/error-boundary';
import { Shell } from '../components/shell';
import { parseRoute, type Route, useHash } from '../router';
import { BrokenPlace } from './broken-place';
import { Talk } from './talk';

/** Talk is where one starts; the other places are fetched when they are first gone to. */
const Phrases = lazy(async () => ({ default: (await import('./phrases')).Phrases }));
const PhraseDetail = lazy(async () => ({ default: (await import('./phrase-detail')).PhraseDetail }));
const Teach = lazy(async () => ({ default: (await import('./teach')).Teach }));
const You = lazy(async () => ({ default: (await import('./you')).You }));
const Privacy = lazy(async () => ({ default: (await import('./privacy')).Privacy }));
const Settings = lazy(async () => ({ default: (await import('./settings')).Settings }));
const Developer = lazy(async () => ({ default: (await import('./developer')).Developer }));

/** The open vault: the frame with the place that the address names. */
export function Places() {
  const route = parseRoute(useHash());
  return (
    <Shell route={route}>
      <ErrorBoundary resetKey={route.screen} fallback={(error) => <BrokenPlace error={error} />}>
        <Suspense>
          <Place route={route} />
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

function Place({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'talk':
      return <Talk />;
    case 'phrases':
      return <Phrases />;
    case 'phrase':
      return <PhraseDetail key={route.id} id={route.id} isRecording={route.isRecording === true} />;
    case 'teach':
      return <Teach withSample={route.withSample} />;
    case 'you':
      return <You section={route.section} />;
    case 'privacy':
      return <Privacy />;
    case 'settings':
      return <Settings />;
    case 'developer':
      return <Developer />;
  }
}
