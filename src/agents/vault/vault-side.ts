import type { Configuration } from '../../config/configuration';
import { type ProfileDirectory, storageOf } from '../../config/profile-directory';
import { SettingsStore } from '../../config/settings-store';
import type { PlainStorage } from '../../config/stored-json';
import { ok } from '../../core/result';
import type { Echo } from '../echo-api';
import type { Engine } from '../engine';
import type { MicrophoneAgent } from '../talk/microphone-agent';
import type { PhraseAgent } from '../talk/phrase-agent';
import type { ReplayAgent } from '../talk/replay-agent';
import type { TimerAgent } from '../talk/timer-agent';
import { AutoLockAgent } from './auto-lock-agent';
import { KeyAgent } from './key-agent';
import { isPasskeyAvailable } from './passkey';
import { SessionAgent } from './session-agent';
import { UpkeepAgent } from './upkeep-agent';
import { UserProfileAgent } from './user-profile-agent';
import { VaultMarker } from './vault-marker';
import { destroyVault, plainVault } from './vault-space';

interface Needs {
  /** Whose vault this page works with. */
  readonly space: string;
  readonly directory: ProfileDirectory;
  readonly storage: PlainStorage;
  /** Address of the vault worker, for vaults other than this page's. */
  readonly vaultWorker: string;
  /** As it is at the moment of asking. */
  readonly configuration: () => Configuration;
  readonly timers: TimerAgent;
  readonly microphone: MicrophoneAgent;
  readonly replay: ReplayAgent;
  readonly phrases: PhraseAgent;
  /** Everything was deleted: settings, which lie outside the vault, go too. */
  readonly forgetSettings: () => void;
  /** Ends this page, whose vault is locked, and starts it anew. */
  readonly restart: () => void;
}

/** The vault, its keys and its upkeep, and the people who each have one. */
export interface VaultSide {
  readonly session: SessionAgent;
  readonly upkeep: UpkeepAgent;
  readonly autoLock: AutoLockAgent;
  readonly profiles: UserProfileAgent;
  /** Its part of the façade. */
  readonly offers: Pick<Echo, 'vault' | 'profiles'>;
}

/** Puts together what keeps one person's vault on this page, and several people's on this device. */
export function composeVault(engine: Engine, needs: Needs): VaultSide {
  const { space, directory, storage, vaultWorker, configuration, phrases } = needs;
  const { timers, microphone, replay, forgetSettings, restart } = needs;
  const session = new SessionAgent(engine, {
    space,
    storage: storageOf(space, storage),
    timers,
    microphone,
    replay,
    onDestroyed: () => {
      forgetSettings();
      void profiles.forget();
    },
  });
  const keys = new KeyAgent(engine, session);
  const upkeep = new UpkeepAgent(engine, configuration);
  const autoLock = new AutoLockAgent(engine, {
    lock: () => session.lock(),
    hasUnsavedWork: () => phrases.hasUnsavedWork,
  });
  const profiles = new UserProfileAgent({
    vault: plainVault(engine.vault),
    clock: engine.clock,
    directory,
    storage,
    show: (shown) => engine.store.set({ profiles: shown }),
    startOver: async () => {
      await session.lock();
      restart();
    },
    destroySpace: (doomed) => (doomed === space ? session.destroy() : destroyVault(vaultWorker, doomed)),
    forgetPlain: (doomed) => {
      const plain = storageOf(doomed, storage);
      new SettingsStore(plain).clear();
      new VaultMarker(plain).forget();
    },
  });

  const offers: VaultSide['offers'] = {
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
  };
  return { session, upkeep, autoLock, profiles, offers };
}
