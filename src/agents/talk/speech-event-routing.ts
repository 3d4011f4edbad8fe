import type { Echo } from '../echo-api';
import { type Engine, notifyVaultError } from '../engine';
import type { ConversationAgent } from './conversation-agent';
import type { ListeningAgent } from './listening-agent';
import type { PhraseAgent } from './phrase-agent';

interface Receivers {
  readonly listening: ListeningAgent;
  readonly phrases: PhraseAgent;
  readonly conversation: ConversationAgent;
}

/**
 * Brings what the speech worker tells to whom it concerns: how it is doing onto the page, what it heard to a take that
 * is being recorded, or else to the conversation.
 *
 * @returns the way to be told of the live level
 */
export function routeSpeechEvents(
  engine: Engine,
  { listening, phrases, conversation }: Receivers,
): Echo['onLevel'] {
  const { store } = engine;
  const levelListeners = new Set<(levelDb: number, isSpeech: boolean) => void>();
  engine.onEvent((event) => {
    listening.receive(event);
    if (event.kind === 'level')
      for (const listener of levelListeners) listener(event.levelDb, event.isSpeech);
    else if (event.kind === 'backend') store.set({ backend: event.status });
    else if (event.kind === 'tuning') store.set({ tuning: event.status });
    else if (event.kind === 'encoder') store.set({ encoder: event.status });
    else if (event.kind === 'takes-encoded') void phrases.refreshStrengths();
    else if (event.kind === 'storage-failed') notifyVaultError(engine, event.error);
    else if (!phrases.receive(event)) conversation.receive(event);
  });
  return (listener) => {
    levelListeners.add(listener);
    return () => levelListeners.delete(listener);
  };
}
