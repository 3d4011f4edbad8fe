import { enAdaptation } from './en-adaptation';
import { enCommands } from './en-commands';
import { enDeveloper } from './en-developer';
import { enGate } from './en-gate';
import { enHabits } from './en-habits';
import { enInsights } from './en-insights';
import { enPhrases } from './en-phrases';
import { enPreferences } from './en-preferences';
import { enPrivacy } from './en-privacy';
import { enSettings } from './en-settings';
import { enTalk } from './en-talk';
import { enTextModel } from './en-text-model';
import { enYou } from './en-you';

/** All English words of the interface, as ICU messages. The keys are the contract for every language. */
export const en = {
  ...enGate,
  ...enTalk,
  ...enPhrases,
  ...enYou,
  ...enPrivacy,
  ...enSettings,
  ...enDeveloper,
  ...enInsights,
  ...enCommands,
  ...enTextModel,
  ...enHabits,
  ...enAdaptation,
  ...enPreferences,

  'app.skip': 'Skip to the content',
  'nav.label': 'Places',
  'nav.talk': 'Talk',
  'nav.phrases': 'Phrases',
  'nav.you': 'You',
  'nav.privacy': 'Privacy',
  'nav.settings': 'Settings',
  'nav.developer': 'Developer',
  'nav.menu': 'Menu',
  'nav.back': 'Back to {place}',

  'common.dismiss': 'Dismiss',
  'common.tryAgain': 'Try again',
  'common.play': 'Play {what}',
  'common.stopPlaying': 'Stop playing {what}',

  'status.label': 'Status',
  'status.microphoneOn': 'Microphone on',
  'status.offline': 'Offline, everything still works',
  'status.offlineShort': 'Offline',
  'status.online': 'Nothing leaves this device',
  'status.convenience': 'No passphrase set',
  'status.protected': 'Encrypted, and only you can open it',
  'status.backend': 'Learning on {backend}',
  'status.backendMeasuring': 'Finding the fastest way to learn',
  'status.backendNone': 'Learning from recordings alone',
  'status.mayBeEvicted': 'The browser may clear this data',

  'backend.wasm': 'WebAssembly',
  'backend.webgl': 'WebGL',
  'backend.webgpu': 'WebGPU',
  'backend.cpu': 'plain JavaScript',

  'update.ready': 'A new version of Echo is ready.',
  'update.now': 'Use it now',
  'update.later': 'Later',

  'failure.origin-not-allowed': 'Whoever runs this site does not allow calls to {detail}.',
  'failure.http-error': 'The other side answered with status {detail}.',
  'failure.unreachable': '{detail} could not be reached, or it does not accept calls from this page.',
  'failure.timeout': '{detail} did not answer in time.',
  'failure.bad-json': 'What should be sent is not valid JSON. Edit the phrase.',
  'failure.popup-blocked':
    'The browser opens a page only right after a click. Use the button, or allow pop-ups for this page.',
  'failure.clipboard-refused': 'The browser copies only while this page is in front. Use the button.',
  'failure.no-voice': 'This device has no voice of its own. Voices can be added in the system settings.',
  'failure.storage-full': 'There is no space left on this device.',

  'notice.region': 'Messages',
  'notice.action-failed': 'The action did not work. {why}',
  'notice.bad-policy':
    'The rules of this site (policy.json) are not valid at “{path}”: {message} The strictest rules are in force.',
  'notice.engine-restarted':
    'The part that listens had stopped and was started again. Please say it once more.',
  'notice.nothing-heard':
    'Nothing was heard. Hold the ring while you speak, a little closer to the microphone.',
  'notice.storage-full':
    'The device has no space left. New recordings are not kept; everything older is safe. Free some space or clear the history.',
  'notice.rows-set-aside':
    '{count, plural, one {One stored item was damaged and set aside.} other {# stored items were damaged and set aside.}} The rest works.',
  'notice.file-unreadable': '“{name}” could not be read as sound. Use WAV, MP3, M4A, OGG or FLAC.',
} as const satisfies Readonly<Record<string, string>>;

export type MessageKey = keyof typeof en;
