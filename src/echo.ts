/**
 * The façade: everything the page, and anyone embedding the engine, may call, and the types it is told in. What each call
 * does stands in `agents/echo-api.ts`; how the engine is put together in `agents/create-echo.ts`.
 */

export type { ActionDecision, PhraseTrust } from './adaptation/action-policy';
export type { Adaptation, AdaptationError } from './adaptation/adaptive-behavior-manager';
export type { CommandRun } from './agents/commands/command-agent';
export type { Command, CommandMatch } from './agents/commands/command-matches';
export { createEcho } from './agents/create-echo';
export type { Echo, EchoAddresses, EchoOptions } from './agents/echo-api';
export type {
  Answer,
  CorrectionChoice,
  EchoState,
  LearningError,
  ListeningState,
  MicrophoneDevice,
  Notice,
  PhraseView,
  SampleClip,
  VoiceOption,
} from './agents/echo-state';
export type { BehaviorPatterns } from './agents/learning/behaviour-patterns';
export type { BeliefError, HabitAccess } from './agents/learning/habit-access';
export type { HabitOffers, RoutineOffer, Suggestion } from './agents/learning/habit-offers';
export type { LearnerInsights } from './agents/learning/learning-agent';
export type { LearningSystemError } from './agents/learning/learning-system-error';
export type {
  DayOfUse,
  RecognitionGuess,
  UsageHistory,
  UseCounts,
  WeekOfUse,
} from './agents/learning/usage-history';
export type { ImportProgress, PhraseDraft, TakeError } from './agents/talk/phrase-agent';
export type { PasskeyError } from './agents/vault/passkey';
export type { ProfileError, ProfileView } from './agents/vault/user-profile-agent';
export type { MicrophoneFault } from './audio/microphone-fault';
export type { LearningCurves, Transition } from './behaviour/habits/habit-report';
export type { Belief, BeliefId, Preference } from './behaviour/preferences/belief';
export type { BackendMeasurement, BackendStatus } from './compute/backend-status';
export type { ConfigurationExplanation } from './config/config-manager';
export type { ConfigError, Configuration } from './config/configuration';
export type { ConfigurationPath } from './config/configuration-path';
export type { ConfigurationProfile } from './config/configuration-profiles';
export type { OperatorPolicy } from './config/policy';
export type { Settings } from './config/settings';
export type { Language } from './core/language';
export type { LearningEvent } from './events/learning-event';
export type {
  AnswerOdds,
  ParticipationView,
  ReportPreview,
  ReportReceipt,
} from './insights/participation-view';
export type { ChosenConsequence, Consequence } from './learning/action-consequence';
export type { ActionKind, ActionSpec, SingleAction } from './learning/action-spec';
export type { CommandTarget } from './learning/command-target';
export type { Candidate, Recognition, RecognitionOutcome } from './learning/recognition';
export type {
  ActionFailure,
  ActionOutcome,
  Correction,
  Interaction,
  Note,
  Phrase,
  Quality,
  QualityFlaw,
  Take,
  Timer,
  TypedCommand,
} from './learning/records';
export type { Alert } from './metrics/alert-monitor';
export type { DebugView } from './metrics/learning-debugger';
export type { MemoryReport } from './metrics/memory-report';
export type { EncoderStatus } from './speech/encoder/utterance-encoder';
export type { Part, SegmentSay } from './speech/explaining/deciding';
export type { ComparedTake, Explanation } from './speech/explaining/explanation';
export type { ExplanationSummary } from './speech/explaining/explanation-summary';
export type { Spectrogram } from './speech/explaining/spectrogram';
export type { MappedPhrase, MappedTake, Outlier, TakeMap } from './speech/explaining/take-map';
export type { TakeStrip } from './speech/explaining/take-strips';
export type { PauseReport } from './speech/listening/pause-learner';
export type { PronunciationAdvice } from './speech/pronunciation/pronunciation-advice';
export type { BudgetCosts } from './speech/recognition/false-trigger-budget';
export type { Clash, PhraseStrength, TuningStatus } from './speech/recognition/phrase-strength';
export type { DraftTake, SpeechError } from './speech/speech-events';
export type { CorrectionReport } from './speech/teaching/correction-report';
export type { RecordingReason, RecordingSuggestion } from './speech/teaching/next-recording';
export type { VoiceReport } from './speech/voice/voice-book';
export type { AuditEntry, AuditEvent, AuditPage, AuditVerdict } from './vault/audit/audit-entry';
export type { KeyState } from './vault/keys/key-state';
export type { UpkeepState } from './vault/maintenance/upkeep-state';
export type { PasskeyHandle, VaultError, VaultProtection, VaultStatus, WaysIn } from './vault/vault-types';
