import type { Settings } from '../../config/settings';
import type { Echo } from '../echo-api';
import type { ActionAgent } from '../talk/action-agent';
import type { InteractionLog } from '../talk/interaction-log';
import { joinRoutine } from '../talk/join-routine';
import type { PhraseAgent } from '../talk/phrase-agent';
import { routineKey } from './habit-offers';
import type { LearningGate } from './learning-gate';
import { settingsSaying } from './preference-evidence';

interface Colleagues {
  readonly log: InteractionLog;
  readonly actions: ActionAgent;
  readonly phrases: PhraseAgent;
  /** The person wants settings to be otherwise. */
  readonly choose: (change: (settings: Settings) => Settings) => void;
}

/** What the page may ask of what is learnt, and have done about it. */
export function learningAccess(
  learning: LearningGate,
  { log, actions, phrases, choose }: Colleagues,
): Echo['learning'] {
  return {
    patterns: (signal) => learning.patterns(signal),
    insights: () => learning.insights(),
    forgetLearningData: () => learning.forgetLearningData(),
    beliefs: () => learning.habits((habits) => habits.beliefs()),
    forgetBelief: (id) => learning.habits((habits) => habits.forgetBelief(id)),
    setBelief: async (id, value) => {
      const set = await learning.habits((habits) => habits.setBelief(id, value));
      if (set.ok) choose(settingsSaying(id, value));
      return set;
    },
    learningCurves: () => learning.habits((habits) => habits.learningCurves()),
    transitions: () => learning.habits((habits) => habits.transitions()),
    takeSuggestion: async (id) => {
      const phrase = log.phrase(id);
      if (phrase !== undefined) await actions.takeSuggestion(phrase);
    },
    undoSuggestion: () => actions.undoSuggestion(),
    dismissOffer: async (offer) => {
      const key = typeof offer === 'string' ? offer : routineKey(offer);
      await learning.habits((habits) => habits.dismiss(key));
    },
    acceptRoutine: (offer) => joinRoutine(offer, phrases, log),
    revertAdaptation: (id) => learning.revertAdaptation(id),
    allowAdaptation: (setting) => learning.allowAdaptation(setting),
    forgetTrust: (phraseId) => learning.forgetTrust(phraseId),
    usage: (signal) => learning.usage(signal),
    refreshMemory: () => learning.refreshMemory(),
    debugView: (signal) => learning.debugView(signal),
    exportDebugInfo: () => learning.exportDebugInfo(),
    metricsText: () => learning.metricsText(),
    downloadLog: () => learning.downloadLog(),
    clearLog: () => learning.clearLog(),
    onEvent: (listener) => learning.onEvent(listener),
  };
}
