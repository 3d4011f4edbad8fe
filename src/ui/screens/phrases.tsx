import '../styles/phrases.css';
import { lazy, Suspense } from 'react';
import { Icon } from '../components/icon';
import { PhraseCard } from '../components/phrase-card';
import { Screen } from '../components/screen';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';

const NextRecording = lazy(async () => ({
  default: (await import('../components/next-recording')).NextRecording,
}));

/** All that was taught. */
export function Phrases() {
  const text = useText();
  const { phrases } = useEchoState();
  const teach = (
    <a className="button button-primary" href={hrefOf({ screen: 'teach', withSample: false })}>
      <Icon name="add" />
      {text('phrases.teach')}
    </a>
  );
  if (phrases.length === 0) {
    return (
      <Screen title={text('phrases.title')}>
        <section className="card card-soft">
          <h2>{text('phrases.empty.title')}</h2>
          <p>{text('phrases.empty.body')}</p>
          <div className="row">
            {teach}
            <a className="button" href={hrefOf({ screen: 'teach', withSample: true })}>
              {text('talk.empty.sample')}
            </a>
          </div>
        </section>
      </Screen>
    );
  }
  return (
    <Screen title={text('phrases.title')} actions={teach}>
      <p className="quiet">{text('phrases.count', { count: phrases.length })}</p>
      <ul className="stack">
        {phrases.map((phrase) => (
          <PhraseCard key={phrase.id} phrase={phrase} />
        ))}
      </ul>
      <Suspense>
        <NextRecording />
      </Suspense>
    </Screen>
  );
}
