/** The kind of data that says something of a preference. */
export const PREFERENCE_DATA = 'preference';
