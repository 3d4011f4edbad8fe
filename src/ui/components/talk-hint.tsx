import { useEchoState } from '../echo-context';
import { isListening, type Talking } from '../hooks/use-talking';
import { type MessageKey, useText } from '../i18n/localisation';

function hintKey(talking: Talking, listens: boolean): MessageKey {
  if (talking.mode === 'hands-free') return 'talk.ring.handsFreeHint';
  if (!listens) return 'talk.ring.holdHint';
  return talking.isHeld ? 'talk.ring.letGo' : 'talk.ring.tapAgain';
}

/** How to go on from here. Who has an answer before them knows how it works. */
export function TalkHint({
  talking,
  isAnswered,
}: {
  readonly talking: Talking;
  readonly isAnswered: boolean;
}) {
  const text = useText();
  const listens = isListening(useEchoState().listening);
  if (isAnswered && !listens) return null;
  return <p className="hint talk-hint">{text(hintKey(talking, listens))}</p>;
}
