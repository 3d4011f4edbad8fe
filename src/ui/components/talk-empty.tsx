import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';

export function TalkEmpty() {
  const text = useText();
  return (
    <section className="card card-soft talk-empty">
      <h2>{text('talk.empty.title')}</h2>
      <p>{text('talk.empty.body')}</p>
      <div className="row">
        <a className="button button-primary" href={hrefOf({ screen: 'teach', withSample: false })}>
          {text('talk.empty.teach')}
        </a>
        <a className="button" href={hrefOf({ screen: 'teach', withSample: true })}>
          {text('talk.empty.sample')}
        </a>
      </div>
    </section>
  );
}
