/** The kind of data that says what somebody does not want to be offered. */
export const DISMISSAL_DATA = 'offer-dismissed';
