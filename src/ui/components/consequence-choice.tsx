import type { ActionSpec, ChosenConsequence } from '../../echo';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { SegmentedChoice } from './segmented-choice';

/** Whether Echo may have to ask before it does this; nothing to choose where nothing is done. */
export function ConsequenceChoice({
  action,
  chosen,
  onChange,
}: {
  readonly action: ActionSpec;
  readonly chosen: ChosenConsequence | undefined;
  readonly onChange: (chosen: ChosenConsequence | undefined) => void;
}) {
  const echo = useEcho();
  const text = useText();
  if (action.kind === 'none') return null;
  const usual = echo.phrases.consequenceOf(action) === 'risky' ? 'risky' : 'safe';
  return (
    <div className="field">
      <p className="label">{text('consequence.label')}</p>
      <SegmentedChoice
        label={text('consequence.label')}
        options={[
          { value: 'safe', label: text('consequence.safe') },
          { value: 'risky', label: text('consequence.risky') },
        ]}
        value={chosen ?? usual}
        onChange={(value) => onChange(value === usual ? undefined : value)}
      />
      <p className="hint">{text(`consequence.${chosen ?? usual}.hint`)}</p>
    </div>
  );
}
