import { useId, useState } from 'react';
import { useLocalisation } from '../i18n/localisation';
import { type Asked, CROWD, estimateYes, freshRandom, toss, tossCrowd } from '../tossed-crowd';
import { CrowdDots } from './crowd-dots';
import { Icon } from './icon';
import { SegmentedChoice } from './segmented-choice';
import { Slider } from './slider';

/**
 * Randomised response, to be tried: one's own coin, and a hundred people who tossed theirs.
 *
 * @param p chance that a yes-or-no question is answered with the truth
 */
export function ResponsePicture({ p }: { readonly p: number }) {
  const { text, formats } = useLocalisation();
  return (
    <div className="stack response-picture">
      <h3>{text('insights.picture.title')}</h3>
      <p>{text('insights.picture.intro', { truth: formats.percent(p) })}</p>
      <OwnCoin p={p} />
      <Crowd p={p} />
    </div>
  );
}

function OwnCoin({ p }: { readonly p: number }) {
  const { text } = useLocalisation();
  const [mine, setMine] = useState<'yes' | 'no'>('yes');
  const [tossed, setTossed] = useState<Asked>();
  const words = (isYes: boolean): string => text(isYes ? 'insights.picture.yes' : 'insights.picture.no');
  return (
    <>
      <div className="row own-coin">
        <span className="label">{text('insights.picture.yours')}</span>
        <SegmentedChoice
          label={text('insights.picture.yours')}
          options={[
            { value: 'yes', label: words(true) },
            { value: 'no', label: words(false) },
          ]}
          value={mine}
          onChange={(chosen) => {
            setMine(chosen);
            setTossed(undefined);
          }}
        />
        <button
          type="button"
          className="button button-quiet"
          onClick={() => setTossed(toss(mine === 'yes', p, freshRandom()))}
        >
          <Icon name="again" />
          {text('insights.picture.toss')}
        </button>
      </div>
      <p role="status" className="coin-words">
        {tossed !== undefined &&
          text(tossed.isYes === tossed.saysYes ? 'insights.picture.truth' : 'insights.picture.lie', {
            answer: words(tossed.saysYes),
          })}
      </p>
    </>
  );
}

function Crowd({ p }: { readonly p: number }) {
  const { text, formats } = useLocalisation();
  const revealId = useId();
  const [yes, setYes] = useState(30);
  const [crowd, setCrowd] = useState(() => tossCrowd(30, p, freshRandom()));
  const [isRevealed, setIsRevealed] = useState(false);
  const said = crowd.filter(({ saysYes }) => saysYes).length;

  function ask(among: number) {
    setYes(among);
    setCrowd(tossCrowd(among, p, freshRandom()));
  }

  return (
    <>
      <Slider
        label={text('insights.picture.crowd')}
        value={yes}
        words={formats.number(yes)}
        least={0}
        most={CROWD}
        step={1}
        onChange={ask}
      />
      <CrowdDots
        crowd={crowd}
        isRevealed={isRevealed}
        label={text('insights.picture.label', { said, unsaid: CROWD - said })}
      />
      <p role="status">
        {text('insights.picture.outcome', { said, estimate: estimateYes(crowd, p), truth: yes })}
      </p>
      <div className="row">
        <button type="button" className="button button-quiet" onClick={() => ask(yes)}>
          <Icon name="people" />
          {text('insights.picture.ask')}
        </button>
        <label htmlFor={revealId} className="reveal">
          <input
            id={revealId}
            type="checkbox"
            checked={isRevealed}
            onChange={(event) => setIsRevealed(event.target.checked)}
          />
          <span>{text('insights.picture.reveal')}</span>
        </label>
      </div>
    </>
  );
}
