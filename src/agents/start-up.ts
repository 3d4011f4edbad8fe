import { localVoices } from '../actions/speak';
import type { ConfigManager } from '../config/config-manager';
import { parsePolicy, strictestPolicy } from '../config/policy';
import { type Engine, notify } from './engine';
import { loadSamples } from './talk/sample-library';
import type { SessionAgent } from './vault/session-agent';

/** A network that is there but does not answer must not keep the vault closed. */
const POLICY_PATIENCE_MS = 5_000;

/** tfjs is ten times the rest of the app: it comes when the page already answers. */
const COMPUTE_AFTER_MS = 1_000;

/** The order in which the page comes alive: policy, vault, then what can wait. */
export async function begin(
  engine: Engine,
  addresses: { readonly policy: string; readonly samples: string },
  session: SessionAgent,
  config: ConfigManager,
): Promise<void> {
  const { store } = engine;
  const showOnline = (): void => store.set({ isOnline: navigator.onLine });
  showOnline();
  addEventListener('online', showOnline);
  addEventListener('offline', showOnline);

  void engine.configure();
  // First the rules, then the vault: a page that must ask for a passphrase shows nothing before it did.
  await loadPolicy(engine, addresses.policy);
  config.applyPolicy(store.state.policy);
  await session.begin();
  setTimeout(() => void engine.startCompute(), COMPUTE_AFTER_MS);
  store.set({ samples: await loadSamples(addresses.samples) });
  const voices = await localVoices();
  store.set({
    voices: voices.map(({ voiceURI, name, lang, localService }) => ({
      uri: voiceURI,
      name,
      language: lang,
      isLocal: localService,
    })),
  });
}

async function loadPolicy(engine: Engine, url: string): Promise<void> {
  let file: unknown;
  try {
    const response = await fetch(url, { cache: 'no-cache', signal: AbortSignal.timeout(POLICY_PATIENCE_MS) });
    // No file is no policy: the default holds.
    if (!response.ok) return;
    file = await response.json();
  } catch (failure) {
    if (failure instanceof SyntaxError) {
      notify(engine, { kind: 'bad-policy', path: '(root)', message: failure.message });
      engine.store.set({ policy: strictestPolicy });
    }
    return;
  }
  const parsed = parsePolicy(file);
  if (!parsed.ok)
    notify(engine, { kind: 'bad-policy', path: parsed.error.path, message: parsed.error.message });
  engine.store.set({ policy: parsed.ok ? parsed.value : strictestPolicy });
}
