import type { ActionDecision, ActionQuestion } from '../../adaptation/action-policy';
import type { UtteranceId } from '../../core/ids';
import type { Language } from '../../core/language';
import { err, ok } from '../../core/result';
import { consequenceOf } from '../../learning/action-consequence';
import type { Echo } from '../echo-api';
import type { SampleClip } from '../echo-state';
import type { Engine } from '../engine';
import { ActionAgent } from './action-agent';
import { ActionConsent } from './action-consent';
import { ConversationAgent } from './conversation-agent';
import { CorrectionAgent } from './correction-agent';
import { InteractionLog } from './interaction-log';
import type { InteractionReporter } from './interaction-reporter';
import { ListeningAgent } from './listening-agent';
import { MicrophoneAgent } from './microphone-agent';
import { NoteAgent } from './note-agent';
import { PhraseAgent } from './phrase-agent';
import { ReplayAgent } from './replay-agent';
import { routeSpeechEvents } from './speech-event-routing';
import { TimerAgent } from './timer-agent';

interface Needs {
  /** Address of the worklet that takes sound from the microphone. */
  readonly captureWorklet: string;
  readonly language: () => Language;
  readonly filesAtOnce: () => number;
  readonly reporter: InteractionReporter;
  readonly decide: (question: ActionQuestion) => Promise<ActionDecision>;
  /** The person looked at why an utterance was taken for what it was. */
  readonly lookedCloser: (id: UtteranceId) => void;
}

/** Hearing, teaching and doing. */
export interface TalkSide {
  readonly microphone: MicrophoneAgent;
  readonly timers: TimerAgent;
  readonly phrases: PhraseAgent;
  readonly log: InteractionLog;
  readonly actions: ActionAgent;
  readonly consent: ActionConsent;
  readonly replay: ReplayAgent;
  /** Its part of the façade. */
  readonly offers: Pick<
    Echo,
    'onLevel' | 'talk' | 'phrases' | 'notes' | 'timers' | 'play' | 'refreshMicrophones'
  >;
}

/** Puts together everything between the microphone and what is done about what was said. */
export function composeTalk(engine: Engine, needs: Needs): TalkSide {
  const { captureWorklet, language, filesAtOnce, reporter, decide, lookedCloser } = needs;
  const microphone = new MicrophoneAgent(engine, captureWorklet, (fault) => listening.fail(fault));
  const listening = new ListeningAgent(engine, microphone);
  const notes = new NoteAgent(engine);
  const timers = new TimerAgent(engine, listening);
  const phrases = new PhraseAgent(engine, listening, filesAtOnce);
  const log = new InteractionLog(engine);
  const actions = new ActionAgent(engine, { log, listening, notes, timers, language, reporter });
  const consent = new ActionConsent(engine, { log, actions, reporter, decide });
  const conversation = new ConversationAgent(engine, { log, listening, consent, reporter });
  const corrections = new CorrectionAgent(engine, { log, actions, phrases, reporter });
  const replay = new ReplayAgent(engine, listening);
  const sampleOf = (id: string): SampleClip | undefined =>
    engine.store.state.samples.find((sample) => sample.id === id);

  const offers: TalkSide['offers'] = {
    onLevel: routeSpeechEvents(engine, { listening, phrases, conversation }),
    talk: {
      start: (mode) => conversation.start(mode),
      release: () => conversation.release(),
      stop: () => conversation.stop(),
      sayFile: (file) => conversation.sayFile(file),
      saySample: async (id) => {
        const sample = sampleOf(id);
        if (sample !== undefined) await conversation.saySample(sample);
      },
      choose: (id, phraseId) => corrections.choose(id, phraseId),
      undo: (id) => actions.undo(id),
      answerAction: (id, isWanted) => consent.answer(id, isWanted),
      correct: async (id, choice) => {
        await consent.withdraw();
        return corrections.correct(id, choice);
      },
      explain: (id) => {
        lookedCloser(id);
        return corrections.explain(id);
      },
      clearHistory: () => conversation.clearHistory(),
      pauseReport: () => engine.speech.pauseReport(),
      voiceReport: async (signal) => {
        if (signal.aborted) return ok(undefined);
        const end = () => void engine.speech.endVoiceReport();
        signal.addEventListener('abort', end, { once: true });
        const report = await engine.speech.voiceReport();
        signal.removeEventListener('abort', end);
        return signal.aborted ? ok(undefined) : report;
      },
    },
    phrases: {
      budgetCosts: () => engine.speech.budgetCosts(),
      recordTake: (signal) => phrases.recordTake(signal),
      importTakes: (files, options) => phrases.importTakes(files, options),
      sampleTake: async (id) => {
        const sample = sampleOf(id);
        return sample === undefined ? err({ kind: 'file-unreadable', name: id }) : phrases.sampleTake(sample);
      },
      discardDraft: (id) => phrases.discardDraft(id),
      clashes: (drafts, except) => phrases.clashes(drafts, except),
      save: (phrase) => phrases.save(phrase),
      takeMap: () => engine.speech.takeMap(),
      takeStrips: (id) => engine.speech.takeStrips(id),
      nextRecordings: () => engine.speech.nextRecordings(),
      pronunciationAdvice: () => engine.speech.pronunciationAdvice(),
      deleteTake: (id) => phrases.deleteTake(id),
      delete: (id) => phrases.delete(id),
      consequenceOf: (action, chosen) => consequenceOf(action, chosen),
      tryAction: (action) => actions.try(action),
    },
    notes: {
      add: async (text) => {
        const added = await notes.add(text);
        return added.ok ? ok(undefined) : added;
      },
      edit: (id, text) => notes.edit(id, text),
      delete: (id) => notes.delete(id),
      exportText: () => notes.exportText(),
    },
    timers: {
      cancel: (id) => timers.remove(id),
      dismiss: (id) => timers.remove(id),
      askToNotify: () => timers.askToNotify(),
    },
    play: (id) => replay.play(id),
    refreshMicrophones: () => microphone.refresh(),
  };
  return { microphone, timers, phrases, log, actions, consent, replay, offers };
}
