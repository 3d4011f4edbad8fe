import { lazy, Suspense } from 'react';
import type { UtteranceId } from '../../core/ids';
import type { Interaction } from '../../echo';

/** Fetched when somebody first asks: whoever only talks never waits for it. */
const WhyDialog = lazy(async () => ({ default: (await import('./why-dialog')).WhyDialog }));

/** Why an utterance was taken for what it was. Mount it to open it; `onClose` must unmount it. */
export function Why(props: {
  readonly id: UtteranceId;
  readonly onClose: () => void;
  /** The person wants to say what it was. */
  readonly onCorrect: (interaction: Interaction) => void;
}) {
  return (
    <Suspense>
      <WhyDialog {...props} />
    </Suspense>
  );
}
