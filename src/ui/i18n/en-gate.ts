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
    'Only one tab works with your data at a time, so that nothing is written twice. When the other tab is closed, this one goes on by itself. You can also go on here right away; the other tab will step back.',
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
  'locked.forgotten': 'None of this works',
  'locked.forgottenBody':
    'Without one of the ways in nobody can read your data, not even we. You can delete everything, and then start again or restore a backup.',

  'locked.bodyWays': 'Your phrases and recordings are encrypted. Open them in any of these ways.',
  'locked.passkey': 'Use the passkey',
  'locked.passkeyHint': 'With the fingerprint, face or PIN of this device, or your security key.',
  'locked.passkeyWaiting': 'Waiting for the passkey…',
  'locked.or': 'or',
  'locked.withRecovery': 'Use the recovery code',
  'locked.withPassphrase': 'Use the passphrase',
  'recovery.label': 'Recovery code',
  'recovery.inputHint':
    'The nine groups you wrote down. Capitals, spaces and dashes do not matter, and O counts as 0.',
  'recovery.unlock': 'Open with the code',
  'recovery.wrong':
    'This is a complete recovery code, but not the one for this data. A newer one may have replaced it.',
  'passkey.unsupported': 'This browser or device has no passkeys for this page. Use another way.',
  'passkey.no-prf':
    'This passkey can sign in but cannot unlock: it does not give out a key. Try another device or security key, or a newer browser.',
  'passkey.cancelled':
    'The passkey was not used: the question was closed, or it took too long. Nothing was changed.',
  'passkey.failed': 'The passkey did not work. Try again, or use another way.',
  'passkey.wrong': 'This passkey does not open this data. It may have been replaced. Use another way.',
  'lost.title': 'The browser cleared your data',
  'lost.body':
    'Echo had stored something here, and it is gone. Browsers clear a site’s data when space runs short, or when somebody asks them to. Echo did not delete it.',
  'lost.do':
    'With a backup file everything in it comes back. Without one it cannot be recovered, and you start anew.',
  'lost.restore': 'Restore a backup',
  'lost.anew': 'Start anew',
  'people.label': 'Who is using Echo?',
  'people.unnamed': 'Without a name',
  'people.add': 'Add a person',
  'people.add.body':
    'Everybody has data of their own under keys of their own, and chooses how it is protected when they first open Echo. Anyone who uses this device can see the names.',
  'people.name': 'Name',
  'people.add.do': 'Add',
  'profileError.name-needed': 'Write a name.',
  'profileError.unknown-person': 'This person was removed meanwhile, perhaps in another tab.',
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
