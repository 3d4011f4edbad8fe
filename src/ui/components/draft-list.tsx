import type { Drafts } from '../hooks/use-drafts';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';
import { QualityWords } from './quality-words';
import { PlayableWaveform } from './waveform';

/** The takes recorded so far: hear each, read what it is worth, record it again or drop it. */
export function DraftList({ drafts }: { readonly drafts: Drafts }) {
  const text = useText();
  if (drafts.takes.length === 0) return null;
  return (
    <ol className="list">
      {drafts.takes.map((take, index) => {
        const what = text('teach.take', { number: index + 1 });
        return (
          <li key={take.id} className="take">
            <PlayableWaveform id={take.id} peaks={take.waveform} what={what} />
            <div className="take-words">
              <QualityWords quality={take.quality} />
            </div>
            <div className="take-buttons">
              <button
                type="button"
                className="icon-button"
                aria-label={text('teach.rerecord', { what })}
                disabled={drafts.isBusy}
                onClick={() => void drafts.record(take.id)}
              >
                <Icon name="again" />
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={text('teach.discard', { what })}
                disabled={drafts.isBusy}
                onClick={() => drafts.discard(take.id)}
              >
                <Icon name="delete" />
              </button>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
