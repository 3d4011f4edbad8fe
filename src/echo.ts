import type { AdaptationError } from './adaptation/adaptive-behavior-manager';
import { adaptableConfiguration, adaptedSettings } from './agents/adapted-settings';
import { CommandAgent, type CommandRun } from './agents/commands/command-agent';
import type { Command, CommandMatch } from './agents/commands/command-matches';
import {
  type CorrectionChoice,
  type EchoState,
  initialState,
  type LearningError,
  type SampleClip,
} from './agents/echo-state';
import { notifyVaultError, startEngine } from './agents/engine';
import { InsightsAgent } from './agents/insights/insights-agent';
import { appStateOf } from './agents/learning/app-state';

import type { BehaviorPatterns } from './agents/learning/behaviour-patterns';
import type { HabitAccess } from './agents/learning/habit-access';
import { type RoutineOffer, routineKey } from './agents/learning/habit-offers';
import type { LearnerInsights } from './agents/learning/learning-agent';
import { LearningGate } from './agents/learning/learning-gate';
import type { LearningSystemError } from './agents/learning/learning-system-error';
import { chosenPreferences } from './agents/learning/preference-evidence';
import type { UsageHistory } from './agents/learning/usage-history';
import { begin } from './agents/start-up';
import { ActionAgent } from './agents/talk/action-agent';
import { ActionConsent } from './agents/talk/action-consent';
import { ConversationAgent } from './agents/talk/conversation-agent';
import { CorrectionAgent } from './agents/talk/correction-agent';
import { InteractionLog } from './agents/talk/interaction-log';
import { InteractionReporter } from './agents/talk/interaction-reporter';
import { joinRoutine } from './agents/talk/join-routine';
import { ListeningAgent } from './agents/talk/listening-agent';
import { MicrophoneAgent } from './agents/talk/microphone-agent';
import { NoteAgent } from './agents/talk/note-agent';
import {
  type ImportProgress,
  PhraseAgent,
  type PhraseDraft,
  type TakeError,
} from './agents/talk/phrase-agent';
import { ReplayAgent } from './agents/talk/replay-agent';
import { TimerAgent } from './agents/talk/timer-agent';
import { UpdateAgent } from './agents/update-agent';
import { AutoLockAgent } from './agents/vault/auto-lock-agent';
import { KeyAgent } from './agents/vault/key-agent';
import { isPasskeyAvailable, type PasskeyError } from './agents/vault/passkey';
import { SessionAgent } from './agents/vault/session-agent';
import { UpkeepAgent } from './agents/vault/upkeep-agent';
import { type ProfileError, UserProfileAgent } from './agents/vault/user-profile-agent';
import { VaultMarker } from './agents/vault/vault-marker';
import { databaseNames, destroyVault, plainVault } from './agents/vault/vault-space';
import { watchVault } from './agents/vault/vault-watch';
import { ConfigManager, type ConfigurationExplanation } from './config/config-manager';
import type { ConfigError } from './config/configuration';
import type { ConfigurationAt, ConfigurationPath } from './config/configuration-path';
import type { ConfigurationProfile } from './config/configuration-profiles';
import { ProfileDirectory, storageOf } from './config/profile-directory';
import type { Settings } from './config/settings';
import { SettingsLayers } from './config/settings-layers';
import { SettingsStore } from './config/settings-store';
import type { PlainStorage } from './config/stored-json';
import type { NoteId, PhraseId, TakeId, TimerId, UserId, UtteranceId } from './core/ids';
import { type Language, resolveLanguage } from './core/language';
import { err, ok, type Result } from './core/result';
import { StateStore } from './core/state-store';
import type { LearningEvent } from './events/learning-event';
import { type ChosenConsequence, type Consequence, consequenceOf } from './learning/action-consequence';
import type { ActionSpec } from './learning/action-spec';
import type { CommandTarget } from './learning/command-target';
import type { DebugView } from './metrics/learning-debugger';
import type { Explanation } from './speech/explaining/explanation';
import type { TakeMap } from './speech/explaining/take-map';
import type { TakeStrip } from './speech/explaining/take-strips';
import type { PauseReport } from './speech/listening/pause-learner';
import type { PronunciationAdvice } from './speech/pronunciation/pronunciation-advice';
import type { BudgetCosts } from './speech/recognition/false-trigger-budget';
import type { Clash } from './speech/recognition/phrase-strength';
import type { DraftTake, SpeechError } from './speech/speech-events';
import type { CorrectionReport } from './speech/teaching/correction-report';
import type { RecordingSuggestion } from './speech/teaching/next-recording';
import type { VoiceReport } from './speech/voice/voice-book';
import type { AuditPage, AuditVerdict } from './vault/audit/audit-entry';
import type { KeyState } from './vault/keys/key-state';
import type { VaultError, VaultProtection } from './vault/vault-types';

/**
 * Everything the page, and anyone embedding the engine, may call. State is an immutable snapshot:
 * `subscribe` tells when `state` is a new object.
 */
export interface Echo {
  readonly state: EchoState;
  /** Returns a function that ends the subscription. */
  subscribe(onChange: () => void): () => void;
  /** Live level in decibels relative to full scale, about 50 times a second while the microphone is on. */
  onLevel(onLevel: (levelDb: number, isSpeech: boolean) => void): () => void;

  readonly vault: {
    create(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>>;
    unlock(passphrase: string): Promise<Result<void, VaultError>>;
    /** As it was shown once; capitals, spaces and hyphens do not matter. `mistyped-code` when it cannot be one. */
    unlockWithRecoveryCode(code: string): Promise<Result<void, VaultError>>;
    /** Asks for the passkey in `state.vault.waysIn`. */
    unlockWithPasskey(): Promise<Result<void, VaultError | PasskeyError>>;
    lock(): Promise<void>;
    protect(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>>;
    /** A new code that opens the vault beside the passphrase; the one before no longer does. Told only this once. */
    makeRecoveryCode(): Promise<Result<string, VaultError>>;
    /** Whether this browser, at this address, may have passkeys that open a vault. */
    isPasskeyAvailable(): Promise<boolean>;
    /** Makes a passkey that opens the vault beside the passphrase, in place of the one before. */
    addPasskey(): Promise<Result<void, VaultError | PasskeyError>>;
    /** Which ways in there are is in `state.vault.waysIn`. */
    removeWayIn(way: 'passkey' | 'recovery-code'): Promise<Result<void, VaultError>>;
    /** The data keys of every level, and how far their rotation is; ask again while `state.upkeep` is running. */
    keyState(): Promise<Result<KeyState, VaultError>>;
    /** Replaces every data key now. Rows are sealed anew in small steps: `state.upkeep`. */
    rotateKeys(): Promise<Result<KeyState, VaultError>>;
    /** What happened to the vault, newest first, 50 a page; `before` is `nextBefore` of the page before. */
    auditLog(before?: number): Promise<Result<AuditPage, VaultError>>;
    /** Whether the log is as it was written, and if not, from where on. */
    verifyAuditLog(): Promise<Result<AuditVerdict, VaultError>>;
    exportBackup(passphrase: string): Promise<Result<Blob, VaultError>>;
    importBackup(file: Blob, passphrase: string): Promise<Result<void, VaultError>>;
    /** Deletes everything, for good. */
    destroy(): Promise<Result<void, VaultError>>;
    /** Asks the browser not to evict the store; the answer is in `state.vault.isPersisted`. */
    persist(): Promise<boolean>;
    /** Counts rows and space again; the answer is in `state.vault`. */
    refreshStatus(): Promise<void>;
    /** Makes this tab the one that works with the vault. */
    takeOver(): Promise<void>;
  };

  /** Several people on one device, each in a vault space of their own; who they are is in `state.profiles`. */
  readonly profiles: {
    /** Lists somebody new. They make their own vault when they first use Echo. */
    create(name: string): Promise<Result<UserId, ProfileError>>;
    rename(id: UserId, name: string): Promise<Result<void, ProfileError>>;
    /** Locks, ends the workers and starts the page anew as this person's. Unsaved recordings are lost: ask first. */
    switchTo(id: UserId): Promise<Result<void, ProfileError>>;
    /** Deletes a person and everything learnt from them, keys first, for good. */
    delete(id: UserId): Promise<Result<void, ProfileError>>;
  };

  /** How the learning system runs, for builders and operators. */
  readonly config: {
    get<Path extends ConfigurationPath>(path: Path): ConfigurationAt<Path>;
    /** Stored and in force at once; on failure nothing changes. */
    set<Path extends ConfigurationPath>(path: Path, value: ConfigurationAt<Path>): Result<void, ConfigError>;
    /** Back to the defaults: one value, a group, or with no path everything. */
    reset(path?: ConfigurationPath): Result<void, ConfigError>;
    /** Every single value, or those of a group, and where it comes from. */
    explain(path?: ConfigurationPath): readonly ConfigurationExplanation[];
    /** Tells of every change of a value in force; returns a function that ends it. */
    onChange(listener: () => void): () => void;
  };

  /**
   * What Echo learns from what the person does, and how it is doing. What it found is in `state.patterns` and
   * `state.insights`, what it changed about itself in `state.adaptations`, what is wrong in `state.alerts`.
   */
  readonly learning: {
    /** Counts, hours and sequences over all that is stored, read anew. */
    patterns(signal?: AbortSignal): Promise<Result<BehaviorPatterns, LearningSystemError>>;
    insights(): Promise<readonly LearnerInsights[]>;
    /** Forgets the habits: everything observed, and everything learnt from it. Answers with how many records. */
    forgetLearningData(): Promise<Result<number, LearningSystemError>>;
    /** What Echo believes of how the person likes it to be; the surest first. */
    beliefs: HabitAccess['beliefs'];
    forgetBelief: HabitAccess['forgetBelief'];
    setBelief: HabitAccess['setBelief'];
    learningCurves: HabitAccess['learningCurves'];
    transitions: HabitAccess['transitions'];
    /** Does what a suggestion in `state.habits` is about, without a word being said. */
    takeSuggestion(id: PhraseId): Promise<void>;
    undoSuggestion(): Promise<void>;
    /** Puts an offer in `state.habits` away, for a week at first. */
    dismissOffer(offer: PhraseId | RoutineOffer): Promise<void>;
    /** Makes one phrase of two: the first does what both did. */
    acceptRoutine(offer: RoutineOffer): Promise<Result<void, LearningError>>;
    /** Takes back what an adaptation changed; it is not tried again unless `allowAdaptation` says so. */
    revertAdaptation(id: string): Promise<Result<void, AdaptationError>>;
    /** Lets Echo adapt a setting of `state.keptSettings` again, and try again there what did not help. */
    allowAdaptation(setting: string): Promise<void>;
    /** Forgets how often what a phrase does was wanted. */
    forgetTrust(phraseId: PhraseId): Promise<void>;
    /** What was done when, day by day, and how content the person was, read anew. */
    usage(signal?: AbortSignal): Promise<Result<UsageHistory, LearningSystemError>>;
    /** Measures memory and learners now; the answer is in `state.memory`. */
    refreshMemory(): Promise<void>;
    debugView(signal?: AbortSignal): Promise<Result<DebugView, LearningSystemError>>;
    /** JSON without a word of what the person said, taught or named. */
    exportDebugInfo(): Promise<Blob>;
    /** Prometheus text format 0.0.4. */
    metricsText(): Promise<string>;
    downloadLog(): Promise<Blob>;
    clearLog(): void;
    /** Every event as it happens; returns a function that ends it. */
    onEvent(listener: (event: LearningEvent) => void): () => void;
  };

  /**
   * Insights: noisy answers to a few fixed questions, for whoever runs this site, if the person takes part. What
   * that is, would be, and has cost is in `state.participation`.
   */
  readonly participation: {
    refresh(): Promise<Result<void, VaultError>>;
    /** Takes part from here on; the report that `state.participation` previews is made at once. */
    join(): Promise<Result<void, VaultError>>;
    /** What waits is not sent, and what was written down is destroyed. */
    leave(): Promise<Result<void, VaultError>>;
  };

  readonly talk: {
    /** Opens the microphone when needed. Resolves when listening, or when it turned out impossible. */
    start(mode: 'push-to-talk' | 'hands-free'): Promise<void>;
    /** Ends push-to-talk: decide on what was said. */
    release(): Promise<void>;
    /** Ends listening without a decision. */
    stop(): Promise<void>;
    sayFile(file: File): Promise<void>;
    saySample(id: string): Promise<void>;
    /** Answers "did you mean": runs the action of that phrase. `undefined`: none of these. */
    choose(id: UtteranceId, phraseId: PhraseId | undefined): Promise<void>;
    undo(id: UtteranceId): Promise<void>;
    /** Answers "Do it?", or stops what is about to be carried out (`state.answer.stage`). */
    answerAction(id: UtteranceId, isWanted: boolean): void;
    /** "That was …": relabels and relearns. The report is also a notice. */
    correct(id: UtteranceId, choice: CorrectionChoice): Promise<Result<CorrectionReport, LearningError>>;
    /** Why an utterance was taken for what it was; `gone` once its sound is no longer kept. */
    explain(id: UtteranceId): Promise<Result<Explanation, LearningError>>;
    clearHistory(): Promise<void>;
    /** What Echo learnt of how long the person pauses; `undefined` before there was anything. */
    pauseReport(): Promise<PauseReport | undefined>;
    /** How the person's voice is, measured from all recordings; `undefined` once aborted. It never unlocks anything. */
    voiceReport(signal: AbortSignal): Promise<Result<VoiceReport | undefined, SpeechError>>;
  };

  /** What is typed instead of said. */
  readonly commands: {
    /** What a text may mean, best first; nothing of it is kept. `own`: what the page can do by itself, in words. */
    match(
      text: string,
      own: readonly Command[],
      signal: AbortSignal,
      /** Told what is called like it when the answer takes long. */
      onEarly: (matches: readonly CommandMatch[]) => void,
    ): Promise<readonly CommandMatch[]>;
    /** Does it, where it is a phrase, and learns from it. What the app itself can do, the page does. */
    run(text: string, match: CommandMatch): Promise<CommandRun>;
    undo(run: CommandRun): Promise<CommandRun>;
    /** "That was …": learns what was meant, and does that instead. `undefined`: nothing that there is. */
    correct(
      run: CommandRun,
      target: CommandTarget | undefined,
    ): Promise<Result<CommandRun | undefined, LearningSystemError>>;
  };

  readonly phrases: {
    /** Share of one's own utterances that each false-trigger budget is expected to refuse. */
    budgetCosts(): Promise<BudgetCosts | undefined>;
    /** Records one take: opens the microphone, waits for speech, ends by itself. Abort to give up. */
    recordTake(signal: AbortSignal): Promise<Result<DraftTake, TakeError>>;
    importTakes(
      files: readonly File[],
      options: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
    ): Promise<readonly Result<DraftTake, TakeError>[]>;
    sampleTake(sampleId: string): Promise<Result<DraftTake, TakeError>>;
    discardDraft(id: TakeId): Promise<void>;
    /** Phrases already taught that sound like these drafts, most alike first. */
    clashes(drafts: readonly TakeId[], except?: PhraseId): Promise<readonly Clash[]>;
    /** Adds a phrase, or with `id` changes one and adds the drafts to its takes. */
    save(phrase: PhraseDraft): Promise<Result<PhraseId, VaultError>>;
    /** All recordings that teach, near each other where they sound alike. */
    takeMap(): Promise<TakeMap>;
    /** The recordings of a phrase, laid out on the time of the most typical one. */
    takeStrips(id: PhraseId): Promise<readonly TakeStrip[]>;
    /** Which single recordings would help most, best first; empty when none would. */
    nextRecordings(): Promise<Result<readonly RecordingSuggestion[], SpeechError>>;
    /** What is worth telling about how the phrases are said, all of them together. */
    pronunciationAdvice(): Promise<Result<readonly PronunciationAdvice[], SpeechError>>;
    deleteTake(id: TakeId): Promise<void>;
    delete(id: PhraseId): Promise<void>;
    /** What it means when this is carried out and nobody wanted it. */
    consequenceOf(action: ActionSpec, chosen?: ChosenConsequence): Consequence;
    /** Carries out an action once, to try it. */
    tryAction(action: ActionSpec): Promise<void>;
  };

  readonly notes: {
    /** On failure nothing was stored: keep what was typed. */
    add(text: string): Promise<Result<void, VaultError>>;
    edit(id: NoteId, text: string): Promise<Result<void, VaultError>>;
    delete(id: NoteId): Promise<void>;
    /** Plain text, one note after another, newest first. */
    exportText(): Blob;
  };

  readonly timers: {
    cancel(id: TimerId): Promise<void>;
    /** Silences a ringing timer. */
    dismiss(id: TimerId): Promise<void>;
    /** Asks for the permission to notify; rings inside the page either way. */
    askToNotify(): Promise<'granted' | 'denied' | 'unsupported'>;
  };

  /** Replays a take, a draft or an utterance; a second call stops it. */
  play(id: TakeId | UtteranceId): Promise<void>;
  refreshMicrophones(): Promise<void>;
  setSettings(change: (settings: Settings) => Settings): void;
  measureBackends(): Promise<void>;
  dismissNotice(id: number): void;
  /** Activates the waiting version and reloads, after the work in hand is done. */
  applyUpdate(): Promise<void>;
  /** Ends the workers and closes the microphone, for a page that embeds Echo and lets it go. */
  close(): void;
}

/** Where the pieces lie; the composition root knows, because the bundler tells it. */
export interface EchoAddresses {
  readonly speechWorker: string;
  readonly vaultWorker: string;
  readonly behaviourWorker: string;
  readonly captureWorklet: string;
  readonly serviceWorker: string | undefined;
  readonly samples: string;
  readonly policy: string;
}

export interface EchoOptions {
  /** Starts the page anew as somebody else's; reloads it when left out. */
  readonly restart?: () => void;
  /** Which defaults hold; `production` when left out. */
  readonly profile?: ConfigurationProfile;
}

/**
 * Starts the engine: its workers, the vault opened as far as no passphrase is needed, the operator's policy.
 * Page thread; one a page.
 *
 * @param storage for settings that must be readable before the vault is, `localStorage` on a page
 */
export function createEcho(
  addresses: EchoAddresses,
  storage: PlainStorage,
  { restart = () => location.reload(), profile = 'production' }: EchoOptions = {},
): Echo {
  const directory = new ProfileDirectory(storage);
  const { space } = directory.current;
  const settingsStore = new SettingsStore(storageOf(space, storage));
  const layers = new SettingsLayers(settingsStore.load());
  const store = new StateStore<EchoState>(initialState(layers.effective));
  const engine = startEngine(store, addresses, storage, space);
  const config = new ConfigManager({ profile, storage });
  const levelListeners = new Set<(levelDb: number, isSpeech: boolean) => void>();
  const language = (): Language => resolveLanguage(store.state.settings.language, navigator.languages);
  const sampleOf = (id: string): SampleClip | undefined =>
    store.state.samples.find((sample) => sample.id === id);

  const microphone = new MicrophoneAgent(engine, addresses.captureWorklet, (fault) => listening.fail(fault));
  const listening = new ListeningAgent(engine, microphone);
  const notes = new NoteAgent(engine);
  const timers = new TimerAgent(engine, listening);
  const phrases = new PhraseAgent(engine, listening, () => config.get('performance.importConcurrency'));
  const log = new InteractionLog(engine);
  const sessionId = crypto.randomUUID();
  const userId = (): UserId | undefined => profiles.profile?.id;
  /** Puts what is in `layers` in force. */
  const applySettings = (): void => {
    const settings = layers.effective;
    if (settings === store.state.settings) return;
    store.set({ settings });
    void engine.configure();
    void engine.startCompute();
  };
  const learning = new LearningGate(async () => {
    const { LearningSystem } = await import('./agents/learning/learning-system');
    const { behaviourWorker } = addresses;
    const settings = adaptedSettings(layers, applySettings);
    return new LearningSystem({ engine, config, storage, behaviourWorker, sessionId, userId, settings });
  });
  const reporter = new InteractionReporter({
    clock: engine.clock,
    tell: (report) => learning.report(report),
    userId,
    sessionId,
    appState: () => appStateOf(store.state),
  });
  const actions = new ActionAgent(engine, { log, listening, notes, timers, language, reporter });
  const commands = new CommandAgent(engine, {
    actions,
    reporter,
    predict: (learner, input) => learning.predict(learner, input),
    learn: (data) => learning.learn(data),
    userId,
    sessionId,
  });
  const consent = new ActionConsent(engine, {
    log,
    actions,
    reporter,
    decide: (question) => learning.decide(question),
  });
  const conversation = new ConversationAgent(engine, { log, listening, consent, reporter });
  const corrections = new CorrectionAgent(engine, { log, actions, phrases, reporter });
  const replay = new ReplayAgent(engine, listening);
  const update = new UpdateAgent(engine, phrases, addresses.serviceWorker);
  const session = new SessionAgent(engine, {
    space,
    storage: storageOf(space, storage),
    timers,
    microphone,
    replay,
    onDestroyed: () => {
      settingsStore.clear();
      engine.forgetDevice();
      layers.reset(settingsStore.load());
      store.set({ settings: layers.effective });
      void profiles.forget();
    },
  });
  const keys = new KeyAgent(engine, session);
  const upkeep = new UpkeepAgent(engine, () => config.configuration);
  const autoLock = new AutoLockAgent(engine, {
    lock: () => session.lock(),
    hasUnsavedWork: () => phrases.hasUnsavedWork,
  });
  const insights = new InsightsAgent(engine, language);
  const close = (): void => {
    autoLock.close();
    insights.close();
    learning.end();
    microphone.close();
    engine.terminate();
    session.leave();
  };
  const profiles = new UserProfileAgent({
    vault: plainVault(engine.vault),
    clock: engine.clock,
    directory,
    storage,
    show: (shown) => store.set({ profiles: shown }),
    startOver: async () => {
      await session.lock();
      close();
      restart();
    },
    destroySpace: (doomed) =>
      doomed === space ? session.destroy() : destroyVault(addresses.vaultWorker, doomed),
    forgetPlain: (doomed) => {
      const plain = storageOf(doomed, storage);
      new SettingsStore(plain).clear();
      new VaultMarker(plain).forget();
    },
  });
  watchVault(store, {
    onOpened: () =>
      void profiles.open().then((opened) => {
        if (!opened.ok) notifyVaultError(engine, opened.error);
        // It may have been locked again meanwhile.
        else if (store.state.vault.kind === 'open') learning.open();
      }),
    onClosed: () => {
      consent.drop();
      profiles.close();
      learning.close();
    },
  });

  engine.onEvent((event) => {
    listening.receive(event);
    if (event.kind === 'level')
      for (const listener of levelListeners) listener(event.levelDb, event.isSpeech);
    else if (event.kind === 'backend') store.set({ backend: event.status });
    else if (event.kind === 'head') store.set({ head: event.status });
    else if (event.kind === 'encoder') store.set({ encoder: event.status });
    else if (event.kind === 'takes-encoded') void phrases.refreshStrengths();
    else if (event.kind === 'storage-failed') notifyVaultError(engine, event.error);
    else if (!phrases.receive(event)) conversation.receive(event);
  });
  void begin(engine, addresses, session, config);
  void databaseNames().then((names) => profiles.recover(names));

  return {
    get state() {
      return store.state;
    },
    subscribe: (onChange) => store.subscribe(onChange),
    onLevel: (listener) => {
      levelListeners.add(listener);
      return () => levelListeners.delete(listener);
    },
    vault: {
      create: (protection, passphrase) => session.create(protection, passphrase),
      unlock: (passphrase) => session.unlock(passphrase),
      unlockWithPasskey: () => keys.unlockWithPasskey(),
      unlockWithRecoveryCode: (code) => session.unlock({ kind: 'recovery-code', code }),
      lock: () => session.lock(),
      protect: async (protection, passphrase) => {
        const isProtected = await session.protect(protection, passphrase);
        upkeep.look();
        return isProtected;
      },
      makeRecoveryCode: () => keys.makeRecoveryCode(),
      isPasskeyAvailable,
      addPasskey: () => keys.addPasskey(directory.current.name || 'Claude Echo'),
      removeWayIn: (way) => keys.removeWayIn(way),
      keyState: () => keys.keyState(),
      rotateKeys: async () => {
        const rotated = await keys.rotateKeys();
        upkeep.look();
        return rotated;
      },
      auditLog: (before) => keys.auditLog(before),
      verifyAuditLog: () => keys.verifyAuditLog(),
      exportBackup: (passphrase) => session.exportBackup(passphrase),
      importBackup: (file, passphrase) => session.importBackup(file, passphrase),
      destroy: () => session.destroy(),
      persist: () => session.persist(),
      refreshStatus: () => session.refreshStatus(),
      takeOver: () => session.takeOver(),
    },
    profiles: {
      create: async (name) => {
        const created = profiles.createUserProfile({ name });
        return created.ok ? ok(created.value.id) : created;
      },
      rename: (id, name) => profiles.rename(id, name),
      switchTo: (id) => profiles.switchTo(id),
      delete: (id) => profiles.delete(id),
    },
    config: {
      get: (path) => config.get(path),
      set: (path, value) => {
        const set = config.set(path, value);
        if (set.ok) learning.chose(adaptableConfiguration(path));
        return set;
      },
      reset: (path) => config.reset(path),
      explain: (path) => config.explainAll(path),
      onChange: (listener) => config.onChange(listener),
    },
    learning: {
      patterns: (signal) => learning.patterns(signal),
      insights: () => learning.insights(),
      forgetLearningData: () => learning.forgetLearningData(),
      beliefs: () => learning.habits((habits) => habits.beliefs()),
      forgetBelief: (id) => learning.habits((habits) => habits.forgetBelief(id)),
      setBelief: (id, value) => learning.habits((habits) => habits.setBelief(id, value)),
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
    },
    participation: {
      refresh: async () => {
        const shown = await insights.refresh();
        return shown.ok ? ok(undefined) : shown;
      },
      join: () => insights.join(),
      leave: () => insights.leave(),
    },
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
        learning.lookedCloser(id);
        void learning.habits((habits) => habits.prefer('detail', 'full', 'done'));
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
    commands: {
      match: (text, own, signal, onEarly) => commands.match(text, own, signal, onEarly),
      run: (text, match) => commands.run(text, match),
      undo: (run) => commands.undo(run),
      correct: (run, target) => commands.correct(run, target),
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
    setSettings: (change) => {
      const before = layers.own;
      const chosen = layers.choose(change);
      settingsStore.save(layers.own);
      microphone.adopt(layers.effective.microphone);
      applySettings();
      upkeep.look();
      learning.chose(chosen);
      for (const { preference, value } of chosenPreferences(before, layers.own))
        void learning.habits((habits) => habits.prefer(preference, value, 'chosen'));
    },
    measureBackends: async () => {
      await engine.speech.measureBackends();
    },
    dismissNotice: (id) =>
      store.update(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    applyUpdate: () => update.apply(),
    close,
  };
}

export type { ActionDecision, PhraseTrust } from './adaptation/action-policy';
export type { Adaptation, AdaptationError } from './adaptation/adaptive-behavior-manager';
export type { CommandRun } from './agents/commands/command-agent';
export type { Command, CommandMatch } from './agents/commands/command-matches';
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
export type { Clash, HeadStatus, PhraseStrength } from './speech/recognition/phrase-strength';
export type { DraftTake, SpeechError } from './speech/speech-events';
export type { CorrectionReport } from './speech/teaching/correction-report';
export type { RecordingReason, RecordingSuggestion } from './speech/teaching/next-recording';
export type { VoiceReport } from './speech/voice/voice-book';
export type { AuditEntry, AuditEvent, AuditPage, AuditVerdict } from './vault/audit/audit-entry';
export type { KeyState } from './vault/keys/key-state';
export type { UpkeepState } from './vault/maintenance/upkeep-state';
export type { PasskeyHandle, VaultError, VaultProtection, VaultStatus, WaysIn } from './vault/vault-types';
