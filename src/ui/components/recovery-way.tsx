import { useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { RecoveryCodeDialog } from './recovery-code-dialog';
import { RemoveWay } from './remove-way';
import { WayIn } from './way-in';

/** The recovery code: make it, replace it, remove it. */
export function RecoveryWay({
  isThere,
  onChanged,
}: {
  readonly isThere: boolean;
  readonly onChanged: (message: string) => void;
}) {
  const echo = useEcho();
  const text = useText();
  const [isMaking, setIsMaking] = useState(false);

  return (
    <WayIn
      icon="recovery"
      name={text('privacy.way.recovery')}
      isThere={isThere}
      words={text(isThere ? 'privacy.way.recovery.has' : 'privacy.way.recovery.none')}
    >
      <button type="button" className="button button-small" onClick={() => setIsMaking(true)}>
        {text(isThere ? 'privacy.way.recovery.replace' : 'privacy.way.recovery.make')}
      </button>
      {isThere && (
        <RemoveWay
          label={text('privacy.way.recovery.remove')}
          title={text('privacy.way.recovery.remove.title')}
          body={text('privacy.way.recovery.remove.body')}
          confirm={text('privacy.way.remove.confirm')}
          done={text('privacy.way.removed')}
          remove={() => echo.vault.removeWayIn('recovery-code')}
          onChanged={onChanged}
        />
      )}
      {isMaking && (
        <RecoveryCodeDialog isReplacing={isThere} onDone={onChanged} onClose={() => setIsMaking(false)} />
      )}
    </WayIn>
  );
}
