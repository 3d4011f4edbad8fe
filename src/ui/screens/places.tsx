import { Shell } from '../components/shell';
import { parseRoute, type Route, useHash } from '../router';
import { Developer } from './developer';
import { PhraseDetail } from './phrase-detail';
import { Phrases } from './phrases';
import { Privacy } from './privacy';
import { Settings } from './settings';
import { Talk } from './talk';
import { Teach } from './teach';
import { You } from './you';

/** The open vault: the frame with the place that the address names. */
export function Places() {
  const route = parseRoute(useHash());
  return (
    <Shell route={route}>
      <Place route={route} />
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
      return <PhraseDetail key={route.id} id={route.id} />;
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
