/** Kind of learning data: something a person typed, and what they meant by it. Their own words, so `private`. */
export const TYPED_COMMAND_DATA = 'typed-command';

/** The intent of a text that was not meant for anything there is. */
export const NOTHING_MEANT = 'none';
