import { ConfigManager } from '../config/config-manager';
import { ProfileDirectory, storageOf } from '../config/profile-directory';
import type { Settings } from '../config/settings';
import { SettingsLayers } from '../config/settings-layers';
import { SettingsStore } from '../config/settings-store';
import type { PlainStorage } from '../config/stored-json';
import type { UserId } from '../core/ids';
import { type Language, resolveLanguage } from '../core/language';
import { ok } from '../core/result';
import { StateStore } from '../core/state-store';
import { adaptableConfiguration } from './adapted-settings';
import { CommandAgent } from './commands/command-agent';
import { TypedHistory } from './commands/typed-history';
import type { Echo, EchoAddresses, EchoOptions } from './echo-api';
import { type EchoState, initialState } from './echo-state';
import { notifyVaultError, startEngine } from './engine';
import { InsightsAgent } from './insights/insights-agent';
import { appStateOf } from './learning/app-state';
import { learningAccess } from './learning/learning-access';
import { LearningGate } from './learning/learning-gate';
import { chosenPreferences } from './learning/preference-evidence';
import { SettingsAgent } from './settings-agent';
import { begin } from './start-up';
import { InteractionReporter } from './talk/interaction-reporter';
import { composeTalk } from './talk/talk-side';
import { UpdateAgent } from './update-agent';
import { composeVault } from './vault/vault-side';
import { databaseNames } from './vault/vault-space';
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
  const settings = new SettingsAgent(engine, settingsStore, layers);
  const language = (): Language => resolveLanguage(store.state.settings.language, navigator.languages);
  const sessionId = crypto.randomUUID();
  const userId = (): UserId | undefined => vault.profiles.profile?.id;

  const learning = new LearningGate(async () => {
    const { LearningSystem } = await import('./learning/learning-system');
    const { behaviourWorker } = addresses;
    return new LearningSystem({
      engine,
      config,
      storage,
      behaviourWorker,
      sessionId,
      userId,
      settings: settings.adapted(),
    });
  });
  const reporter = new InteractionReporter({
    clock: engine.clock,
    tell: (report) => learning.report(report),
    userId,
    sessionId,
    appState: () => appStateOf(store.state),
  });
  const talk = composeTalk(engine, {
    captureWorklet: addresses.captureWorklet,
    language,
    filesAtOnce: () => config.get('performance.importConcurrency'),
    reporter,
    decide: (question) => learning.decide(question),
    lookedCloser: (id) => {
      learning.lookedCloser(id);
      void learning.habits((habits) => habits.lookedCloser());
    },
  });
  const { microphone, timers, log, actions, consent, phrases, replay } = talk;
  const commands = new CommandAgent(engine, {
    history: new TypedHistory(engine),
    actions,
    reporter,
    predict: (learner, input) => learning.predict(learner, input),
    learn: (data) => learning.learn(data),
    userId,
    sessionId,
  });
  const update = new UpdateAgent(engine, phrases, addresses.serviceWorker);
  const vault = composeVault(engine, {
    space,
    directory,
    storage,
    vaultWorker: addresses.vaultWorker,
    configuration: () => config.configuration,
    timers,
    microphone,
    replay,
    phrases,
    forgetSettings: () => settings.forget(),
    restart: () => {
      close();
      restart();
    },
  });
  const { session, upkeep, autoLock, profiles } = vault;
  const insights = new InsightsAgent(engine, language);
  /** The person wants settings to be otherwise, and theirs they are. */
  const choose = (change: (settings: Settings) => Settings): void => {
    const chosen = settings.choose(change);
    microphone.adopt(settings.effective.microphone);
    settings.apply();
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
  void begin(engine, addresses, session, config);
  void databaseNames().then((names) => profiles.recover(names));

  return {
    get state() {
      return store.state;
    },
    subscribe: (onChange) => store.subscribe(onChange),
    ...talk.offers,
    ...vault.offers,
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
    learning: learningAccess(learning, { log, actions, phrases, choose }),
    participation: {
      refresh: async () => {
        const shown = await insights.refresh();
        return shown.ok ? ok(undefined) : shown;
      },
      join: () => insights.join(),
      leave: () => insights.leave(),
    },
    commands: {
      match: (text, own, signal, onEarly) => commands.match(text, own, signal, onEarly),
      run: (text, match) => commands.run(text, match),
      undo: (run) => commands.undo(run),
      correct: (run, target) => commands.correct(run, target),
      relabel: (id, target) => commands.relabel(id, target),
    },
    setSettings: (change) => {
      const before = settings.own;
      choose(change);
      for (const { preference, value } of chosenPreferences(before, settings.own))
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
