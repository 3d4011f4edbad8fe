import '../styles/sound-map.css';
import { useRef, useState } from 'react';
import type { TakeId } from '../../core/ids';
import type { TakeMap } from '../../echo';
import { useEchoState } from '../echo-context';
import { useTakeMap } from '../hooks/use-take-map';
import { useWidth } from '../hooks/use-width';
import { useText } from '../i18n/localisation';
import { fitMap } from '../map-layout';
import { ChosenTake } from './chosen-take';
import { MapDrawing } from './map-drawing';
import { MapPoints } from './map-points';
import { MapSummary } from './map-summary';
import { MapTable } from './map-table';

/** All recordings as dots, near each other where they sound alike: what is mixed up is seen, heard and mended here. */
export function SoundMap() {
  const text = useText();
  const { phrases } = useEchoState();
  const map = useTakeMap();
  return (
    <section className="stack">
      <h2>{text('map.title')}</h2>
      {phrases.length === 0 && <p className="quiet">{text('map.empty')}</p>}
      {phrases.length > 0 && map === undefined && <p className="quiet">{text('map.drawing')}</p>}
      {map !== undefined && map.takes.length > 0 && (
        <>
          <p className="quiet">{text('map.intro')}</p>
          <Picture map={map} />
          <MapSummary map={map} />
          <MapTable map={map} />
        </>
      )}
    </section>
  );
}

function Picture({ map }: { readonly map: TakeMap }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [chosen, setChosen] = useState<TakeId>();
  const { points, heightPx } = fitMap(map.takes, map.height, width);
  const chosenTake = map.takes.find(({ takeId }) => takeId === chosen);
  return (
    <div className="card map-card">
      <div ref={frame} className="map" style={{ blockSize: width === 0 ? 320 : heightPx }}>
        {width > 0 && (
          <>
            <MapDrawing map={map} points={points} size={{ width, height: heightPx }} chosen={chosen} />
            <MapPoints map={map} points={points} chosen={chosen} onChoose={setChosen} />
          </>
        )}
      </div>
      <ChosenTake take={chosenTake} />
    </div>
  );
}
