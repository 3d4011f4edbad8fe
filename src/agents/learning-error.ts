import type { SpeechError } from '../speech/speech-events';
import type { LearningError } from './echo-state';

/** What the speech worker could not do, as the page tells it. */
export function learningErrorOf(error: SpeechError): LearningError {
  switch (error.kind) {
    case 'vault':
      return error.error;
    case 'no-speech':
      return { kind: 'no-speech' };
    case 'unknown-id':
      return { kind: 'gone' };
    case 'not-loaded':
      return { kind: 'locked' };
  }
}
