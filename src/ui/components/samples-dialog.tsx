import type { SampleClip } from '../../echo';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Dialog } from './dialog';
import { Icon } from './icon';

export interface SampleGroup {
  readonly voice: string;
  readonly phrase: string;
  readonly language: string;
  readonly clips: readonly SampleClip[];
}

/** Clips of one voice saying one phrase belong together: they are the takes of that phrase. */
export function groupSamples(samples: readonly SampleClip[], use: SampleClip['use']): SampleGroup[] {
  const groups = new Map<string, SampleClip[]>();
  for (const clip of samples.filter((sample) => sample.use === use)) {
    const key = `${clip.voice}\n${clip.phrase}`;
    groups.set(key, [...(groups.get(key) ?? []), clip]);
  }
  return [...groups.values()].flatMap((clips) => {
    const [first] = clips;
    return first === undefined
      ? []
      : [{ voice: first.voice, phrase: first.phrase, language: first.language, clips }];
  });
}

/** The built-in voices, to teach with or to talk with. */
export function SamplesDialog({
  use,
  onPick,
  onClose,
}: {
  readonly use: SampleClip['use'];
  readonly onPick: (group: SampleGroup) => void;
  readonly onClose: () => void;
}) {
  const text = useText();
  const groups = groupSamples(useEchoState().samples, use);
  const voices = [...new Set(groups.map((group) => group.voice))];
  return (
    <Dialog title={text('samples.title')} onClose={onClose}>
      <p className="quiet">{text(use === 'teach' ? 'samples.teachIntro' : 'samples.sayIntro')}</p>
      {groups.length === 0 && <p>{text('samples.none')}</p>}
      {voices.map((voice) => (
        <section key={voice}>
          <h3>{voice}</h3>
          <ul className="choice-list">
            {groups
              .filter((group) => group.voice === voice)
              .map((group) => (
                <li key={group.phrase}>
                  <button
                    type="button"
                    className="choice"
                    onClick={() => {
                      onPick(group);
                      onClose();
                    }}
                  >
                    <Icon name={use === 'teach' ? 'sample' : 'play'} />
                    <span lang={group.language}>“{group.phrase}”</span>
                    {use === 'teach' && (
                      <span className="small quiet">
                        {text('samples.teach', { count: group.clips.length })}
                      </span>
                    )}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
