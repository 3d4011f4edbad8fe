import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { type ActionContext, done, failed } from './action-context';

/** Keeps a text as a note; the phrase itself when no text was given. */
export async function takeNote(
  spec: Extract<ActionSpec, { kind: 'note' }>,
  { notes, phraseName }: ActionContext,
): Promise<ActionOutcome> {
  const note = await notes.add(spec.text === '' ? phraseName : spec.text);
  return note === undefined ? failed('storage-full') : done(note.text, `note:${note.id}`);
}
