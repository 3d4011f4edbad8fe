/** The English words of what stands before the places: all that is fetched before anybody can do anything. */
export const enGate = {
  'app.name': 'Echo',
  'app.titleOf': '{screen} · Echo',

  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.save': 'Save',
  'common.delete': 'Delete',

  'opening.title': 'Opening Echo…',
  'unavailable.title': 'Your data cannot be opened right now',
  'unavailable.body':
    'The browser did not let Echo open its storage. Nothing was deleted. This often happens in private windows, when the disk is full, or when another program holds the files.',
  'unavailable.do': 'Close other Echo tabs, leave private browsing, free some space, then try again.',
  'unavailable.detail': 'What the browser said',
  'unavailable.reload': 'Try again',
  'elsewhere.title': 'Echo is open in another tab',
  'elsewhere.body':
    'Only one tab works with your data at a time, so that nothing is written twice. You can go on here; the other tab will step back.',
  'elsewhere.takeOver': 'Use Echo here',

  'welcome.title': 'Echo learns your voice, and keeps it to itself',
  'welcome.body':
    'Teach it a phrase, in any language and with any accent. From then on it knows what you said and does what you chose. Nothing leaves this device.',
  'welcome.picture': 'A voice rises and falls, and a ring closes around it.',
  'welcome.protection': 'How should Echo keep what it learns?',
  'welcome.passphrase': 'With a passphrase',
  'welcome.recommended': 'Recommended',
  'welcome.passphraseHint': 'Unreadable on this device until you type it.',
  'welcome.convenience': 'Without one',
  'welcome.convenienceHint': 'Opens by itself. Anyone who can read this device’s files can read it.',
  'welcome.policyNote': 'Whoever runs this site requires a passphrase.',
  'welcome.start': 'Start',
  'welcome.working': 'Making your keys…',
  'welcome.restore': 'Restore a backup instead',

  'required.title': 'Choose a passphrase to go on',
  'required.body':
    'Until now there was none. What you taught stays as it is, and from then on only this passphrase opens it.',
  'required.instead': 'Rather delete it',
  'required.insteadBody': 'You can also delete everything that is stored here.',

  'passphrase.label': 'Passphrase',
  'passphrase.new': 'New passphrase',
  'passphrase.hint': 'A few words are easier to remember than one hard one. Nobody can give it back to you.',
  'passphrase.show': 'Show passphrase',
  'passphrase.hide': 'Hide passphrase',

  'locked.title': 'Echo is locked',
  'locked.body': 'Your phrases and recordings are encrypted. Type your passphrase to open them.',
  'locked.convenienceBody': 'Open it to go on. There is no passphrase.',
  'locked.unlock': 'Unlock',
  'locked.working': 'Opening…',
  'locked.forgotten': 'I forgot it',
  'locked.forgottenBody':
    'Nobody can read your data without the passphrase, not even we. You can delete everything, and then start again or restore a backup.',

  'vaultError.wrong-passphrase':
    'That is not the passphrase. Check capital letters and the keyboard language.',
  'vaultError.mistyped-code':
    'This is no complete recovery code: a character is missing, extra or mistyped. Compare it with what you wrote down.',
  'vaultError.weak-passphrase':
    'Please use at least {minimumLength, plural, one {# character} other {# characters}}.',
  'vaultError.passphrase-required': 'Whoever runs this site requires a passphrase. Choose one.',
  'vaultError.gone': 'It was deleted meanwhile, so there is nothing left to change.',
  'vaultError.no-speech': 'There is no speech in this recording, so nothing can be learnt from it.',
  'vaultError.locked': 'Echo is locked. Unlock it first.',
  'vaultError.already-exists': 'There is data on this device already. Delete it first.',
  'vaultError.quota':
    'The device has no space left for Echo. Nothing was written. Free some space or make a backup.',
  'vaultError.unavailable': 'The browser did not let Echo open its storage. Nothing was deleted.',
  'vaultError.invalid-row': 'Something did not fit and was not saved. Nothing else was changed.',
  'vaultError.invalid-request': 'Echo asked its vault for something impossible. Nothing was changed.',
  'vaultError.bad-backup.not-a-backup': 'This file is not an Echo backup. Nothing was changed.',
  'vaultError.bad-backup.damaged': 'This backup is damaged and cannot be read. Nothing was changed.',
  'vaultError.bad-backup.newer-version':
    'This backup comes from a newer version of Echo. Update first. Nothing was changed.',

  'privacy.restore.title': 'Restore a backup',
  'privacy.restore.warning': 'Everything now in Echo is replaced by what is in the file.',
  'privacy.restore.choose': 'Choose a file',
  'privacy.restore.passphrase': 'Passphrase of that file',
  'privacy.restore.do': 'Restore',
  'privacy.restore.working': 'Restoring…',
  'privacy.delete': 'Delete everything',
  'privacy.delete.title': 'Delete everything?',
  'privacy.delete.body':
    'All phrases, recordings, notes, timers and everything learned are gone for good. A backup, if you have one, stays readable.',
  'privacy.delete.type': 'Type “{word}” to confirm',
  'privacy.delete.word': 'delete',
  'privacy.delete.confirm': 'Delete everything',

  'settings.language': 'Language',
  'settings.language.auto': 'Automatic',
} as const satisfies Readonly<Record<string, string>>;

export type GateMessageKey = keyof typeof enGate;
