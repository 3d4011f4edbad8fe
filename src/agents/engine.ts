import { type Remote, transfer } from 'comlink';
import type { SpeechContract } from '../bridge/speech-contract';
import type { VaultContract } from '../bridge/vault-contract';
import { type HostedWorker, startWorker } from '../bridge/worker-host';
import { type PlainStorage, readJson, removeJson, writeJson } from '../config/stored-json';
import { type Clock, systemClock } from '../core/clock';
import type { StateStore } from '../core/state-store';
import type { SpeechEvent } from '../speech/speech-events';
import type { EchoState, LearningError, NoticeContent } from './echo-state';
import { startVault } from './vault/vault-space';

/** What the agents of the page share. */
export interface Engine {
  readonly store: StateStore<EchoState>;
  /** The speech worker of the moment: another one after a crash, so never keep it. */
  readonly speech: Remote<SpeechContract>;
  readonly vault: Remote<VaultContract>;
  readonly clock: Clock;
  onEvent(listener: (event: SpeechEvent) => void): void;
  /** The speech worker crashed and was replaced by one that knows nothing yet. */
  onRestart(listener: () => void): void;
  /** Something suggests that the vault is not as the page shows it. */
  doubtVault(): void;
  onVaultDoubt(listener: () => void): void;
  /** Tells the speech worker the settings as they are now. */
  configure(): Promise<void>;
  /** Lets the speech worker load tfjs and choose a backend, as the settings are now. */
  startCompute(): Promise<void>;
  /** Forgets what was measured on this device. */
  forgetDevice(): void;
  terminate(): void;
}

const BACKEND_KEY = 'claude-echo.backend';
/** A worker that crashes more often than this is not helped by another start. */
const MOST_RESTARTS = 3;

/**
 * Starts both workers and gives them a line to each other, so that sound never crosses the page.
 *
 * @param space whose vault it is
 */
export function startEngine(
  store: StateStore<EchoState>,
  addresses: { readonly speechWorker: string; readonly vaultWorker: string },
  storage: PlainStorage,
  space: string,
): Engine {
  let onEvent: (event: SpeechEvent) => void = () => undefined;
  let onRestart: () => void = () => undefined;
  let onVaultDoubt: () => void = () => undefined;
  let restarts = 0;

  const vaultHost = startVault(addresses.vaultWorker, space, (detail) =>
    store.set({ vault: { kind: 'unavailable', detail } }),
  );
  let speechHost = startSpeech();

  function startSpeech(): HostedWorker<SpeechContract> {
    const host = startWorker<SpeechContract>(addresses.speechWorker, 'speech', replaceSpeech);
    const line = new MessageChannel();
    void vaultHost.remote.connect(transfer(line.port1, [line.port1]));
    void host.remote.connectVault(transfer(line.port2, [line.port2]));
    const events = new MessageChannel();
    void host.remote.connectEvents(transfer(events.port2, [events.port2]));
    events.port1.onmessage = ({ data }: MessageEvent<SpeechEvent>) => {
      if (data.kind === 'backend' && data.memory !== undefined) writeJson(storage, BACKEND_KEY, data.memory);
      onEvent(data);
    };
    return host;
  }

  function replaceSpeech(): void {
    speechHost.terminate();
    restarts += 1;
    if (restarts > MOST_RESTARTS) return;
    speechHost = startSpeech();
    onRestart();
  }

  return {
    store,
    get speech() {
      return speechHost.remote;
    },
    vault: vaultHost.remote,
    clock: systemClock,
    onEvent: (listener) => {
      onEvent = listener;
    },
    onRestart: (listener) => {
      onRestart = listener;
    },
    doubtVault: () => onVaultDoubt(),
    onVaultDoubt: (listener) => {
      onVaultDoubt = listener;
    },
    configure: () => {
      const { endpointing, history, recognition } = store.state.settings;
      return speechHost.remote.configure({ endpointing, history, recognition });
    },
    startCompute: () =>
      speechHost.remote.startCompute(store.state.settings.compute.backend, readJson(storage, BACKEND_KEY)),
    forgetDevice: () => removeJson(storage, BACKEND_KEY),
    terminate: () => {
      speechHost.terminate();
      vaultHost.terminate();
    },
  };
}

/** The newest few; older ones have been seen or have lost their point. */
const MOST_NOTICES = 4;

let nextNoticeId = 1;

export function notify(engine: Engine, content: NoticeContent): void {
  const notice = { ...content, id: nextNoticeId };
  nextNoticeId += 1;
  engine.store.update(({ notices }) => ({ notices: [...notices, notice].slice(-MOST_NOTICES) }));
}

/**
 * Tells that something could not be stored or learnt. A vault that is locked, or was evicted by the browser, is
 * shown as what it is: the page would otherwise go on as if it were open.
 */
export function notifyVaultError(engine: Engine, error: LearningError): void {
  notify(engine, error.kind === 'quota' ? { kind: 'storage-full' } : { kind: 'vault-error', error });
  if (error.kind === 'locked' || error.kind === 'unavailable') engine.doubtVault();
}
