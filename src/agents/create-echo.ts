import { ConfigManager } from '../config/config-manager';
import { ProfileDirectory, storageOf } from '../config/profile-directory';
import type { Settings } from '../config/settings';
import { SettingsLayers } from '../config/settings-layers';
import { SettingsStore } from '../config/settings-store';
import type { PlainStorage } from '../config/stored-json';
import type { UserId } from '../core/ids';
import { type Language, resolveLanguage } from '../core/language';
import { err, ok } from '../core/result';
import { StateStore } from '../core/state-store';
import { consequenceOf } from '../learning/action-consequence';
import { adaptableConfiguration, adaptedSettings } from './adapted-settings';
import { CommandAgent } from './commands/command-agent';
import { TypedHistory } from './commands/typed-history';
import type { Echo, EchoAddresses, EchoOptions } from './echo-api';
import { type EchoState, initialState, type SampleClip } from './echo-state';
import { notifyVaultError, startEngine } from './engine';
import { InsightsAgent } from './insights/insights-agent';
import { appStateOf } from './learning/app-state';
import { routineKey } from './learning/habit-offers';
import { LearningGate } from './learning/learning-gate';
import { chosenPreferences, settingsSaying } from './learning/preference-evidence';
import { begin } from './start-up';
import { ActionAgent } from './talk/action-agent';
import { ActionConsent } from './talk/action-consent';
import { ConversationAgent } from './talk/conversation-agent';
import { CorrectionAgent } from './talk/correction-agent';
import { InteractionLog } from './talk/interaction-log';
import { InteractionReporter } from './talk/interaction-reporter';
import { joinRoutine } from './talk/join-routine';
import { ListeningAgent } from './talk/listening-agent';
import { MicrophoneAgent } from './talk/microphone-agent';
import { NoteAgent } from './talk/note-agent';
import { PhraseAgent } from './talk/phrase-agent';
import { ReplayAgent } from './talk/replay-agent';
import { TimerAgent } from './talk/timer-agent';
import { UpdateAgent } from './update-agent';
import { AutoLockAgent } from './vault/auto-lock-agent';
import { KeyAgent } from './vault/key-agent';
import { isPasskeyAvailable } from './vault/passkey';
import { SessionAgent } from './vault/session-agent';
import { UpkeepAgent } from './vault/upkeep-agent';
import { UserProfileAgent } from './vault/user-profile-agent';
import { VaultMarker } from './vault/vault-marker';
import { databaseNames, destroyVault, plainVault } from './vault/vault-space';
import { watchVault } from './vault/vault-watch';

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
    const { LearningSystem } = await import('./learning/learning-system');
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
    history: new TypedHistory(engine),
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
  /** The person wants settings to be otherwise, and theirs they are. */
  const choose = (change: (settings: Settings) => Settings): void => {
    const chosen = layers.choose(change);
    settingsStore.save(layers.own);
    microphone.adopt(layers.effective.microphone);
    applySettings();
    upkeep.look();
    learning.chose(chosen);
  };
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
    else if (event.kind === 'tuning') store.set({ tuning: event.status });
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
        void learning.habits((habits) => habits.lookedCloser());
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
      relabel: (id, target) => commands.relabel(id, target),
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
      choose(change);
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
