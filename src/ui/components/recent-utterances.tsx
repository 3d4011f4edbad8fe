import type { UtteranceId } from '../../core/ids';
import type { Interaction } from '../../echo';
import { useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';
import { UtteranceRow } from './utterance-row';

const SHOWN = 6;

/** The last things heard, beside or under the ring. */
export function RecentUtterances({
  onCorrect,
  onWhy,
}: {
  readonly onCorrect: (interaction: Interaction) => void;
  readonly onWhy: (id: UtteranceId) => void;
}) {
  const text = useText();
  const { history, answer } = useEchoState();
  // While Echo asks what was meant, the question above is all there is to say about it.
  const asked = answer?.stage === 'asking' ? answer.utteranceId : undefined;
  const earlier = history.filter((interaction) => interaction.id !== asked);
  const nowMs = useNow(30_000);
  return (
    <section className="stack">
      <div className="row-apart">
        <h2>{text('talk.recent')}</h2>
        {earlier.length > SHOWN && (
          <a href={hrefOf({ screen: 'you', section: 'history' })}>{text('talk.recentAll')}</a>
        )}
      </div>
      {earlier.length === 0 ? (
        <p className="quiet">{text('talk.recentEmpty')}</p>
      ) : (
        <ul className="list">
          {earlier.slice(0, SHOWN).map((interaction) => (
            <UtteranceRow
              key={interaction.id}
              interaction={interaction}
              nowMs={nowMs}
              onCorrect={() => onCorrect(interaction)}
              onWhy={() => onWhy(interaction.id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
