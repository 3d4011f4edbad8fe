import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { hrefOf } from '../router';
import { DataTable } from './data-table';

/** The state of every phrase in numbers. */
export function PhraseReport() {
  const { text, formats } = useLocalisation();
  const { phrases } = useEchoState();
  const nameOf = (id: string | undefined) => phrases.find((phrase) => phrase.id === id)?.name;
  return (
    <section className="card">
      <h2>{text('developer.phrases')}</h2>
      {phrases.length === 0 ? (
        <p>{text('developer.phrases.none')}</p>
      ) : (
        <DataTable
          label={text('developer.phrases')}
          head={[
            text('developer.column.phrase'),
            text('developer.column.examples'),
            text('developer.column.counter'),
            text('developer.column.loo'),
            text('developer.column.threshold'),
            text('developer.column.clash'),
          ]}
          rows={phrases.map(({ id, name, strength }) => {
            const clash = strength?.clashes[0];
            return {
              key: id,
              cells: [
                <a key="name" href={hrefOf({ screen: 'phrase', id })}>
                  {name}
                </a>,
                strength?.exampleCount,
                strength?.counterExampleCount,
                strength?.leaveOneOut !== undefined && formats.percent(strength.leaveOneOut),
                strength && formats.number(strength.threshold, 3),
                clash && `${nameOf(clash.phraseId)} ${formats.number(clash.similarity, 2)}`,
              ],
            };
          })}
        />
      )}
    </section>
  );
}
