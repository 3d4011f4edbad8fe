import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { type ActionContext, done, failed } from './action-context';

/** Chromium fills the list of voices some time after it was first asked for. */
const VOICES_WAIT_MS = 1_000;

/**
 * Says a text clearly with a voice of this device. Voices that send the text to a server are never used.
 * Resolves when the text was said or stopped.
 */
export async function speak(
  spec: Extract<ActionSpec, { kind: 'speak' }>,
  { voice, language }: ActionContext,
): Promise<ActionOutcome> {
  const chosen = pickVoice(await localVoices(), voice.voiceUri, language);
  if (chosen === undefined) return failed('no-voice', spec.text);
  const utterance = new SpeechSynthesisUtterance(spec.text);
  utterance.voice = chosen;
  utterance.lang = chosen.lang;
  utterance.rate = voice.rate;
  speechSynthesis.cancel();
  return new Promise((resolve) => {
    utterance.addEventListener('end', () => resolve(done(spec.text)));
    utterance.addEventListener('error', ({ error }) => {
      const isStopped = error === 'canceled' || error === 'interrupted';
      resolve(isStopped ? { kind: 'undone' } : failed('no-voice', spec.text));
    });
    speechSynthesis.speak(utterance);
  });
}

export function stopSpeaking(): void {
  if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel();
}

/** The voices on this device. */
export async function localVoices(): Promise<readonly SpeechSynthesisVoice[]> {
  if (typeof speechSynthesis === 'undefined') return [];
  if (speechSynthesis.getVoices().length === 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, VOICES_WAIT_MS);
      speechSynthesis.addEventListener(
        'voiceschanged',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
  return speechSynthesis.getVoices().filter((voice) => voice.localService);
}

function pickVoice(
  voices: readonly SpeechSynthesisVoice[],
  uri: string,
  language: string,
): SpeechSynthesisVoice | undefined {
  return (
    voices.find((voice) => voice.voiceURI === uri) ??
    voices.find((voice) => voice.lang === language) ??
    voices.find((voice) => voice.lang.slice(0, 2) === language.slice(0, 2)) ??
    voices.find((voice) => voice.default) ??
    voices[0]
  );
}
