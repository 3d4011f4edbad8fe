import * as v from 'valibot';

/**
 * How closely a piece of data describes a person; each level is encrypted under keys of its own.
 *
 * - `public`: could be printed anywhere.
 * - `internal`: about the app, not about the person.
 * - `private`: the person's words, habits and doings.
 * - `confidential`: the person's voice, and whatever a voice could be rebuilt or recognised from.
 */
export const DataPrivacyLevelSchema = v.picklist(['public', 'internal', 'private', 'confidential']);

export type DataPrivacyLevel = v.InferOutput<typeof DataPrivacyLevelSchema>;

export const dataPrivacyLevels: readonly DataPrivacyLevel[] = DataPrivacyLevelSchema.options;
