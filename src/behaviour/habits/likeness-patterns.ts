/** In what two situations can be alike. */
export const LIKENESSES = [
  'last',
  'last-two',
  'last-three',
  'before-last-alone',
  'hour',
  'pause',
  'kind-of-day',
  'age',
] as const;
type Likeness = (typeof LIKENESSES)[number];
/** Where each kind of likeness is in lists of them all. */
export const KIND = Object.fromEntries(LIKENESSES.map((kind, at) => [kind, at])) as Record<Likeness, number>;
/** What two moments have in common by yes or no, as bits. */
export const [LAST, BEFORE, THIRD, DAY] = [1, 2, 4, 8];
export const PATTERNS = 16;
/** Which kinds of likeness each pattern of these bits has. */
export const ALIKE: readonly (readonly number[])[] = Array.from({ length: PATTERNS }, (_, pattern) => {
  const [isLast, isBefore, isThird, isDay] = [LAST, BEFORE, THIRD, DAY].map((bit) => (pattern & bit) !== 0);
  const has: Partial<Record<Likeness, boolean | undefined>> = {
    last: isLast,
    'last-two': isLast && isBefore,
    'last-three': isLast && isBefore && isThird,
    'before-last-alone': isBefore && !isLast,
    'kind-of-day': isDay,
  };
  return LIKENESSES.flatMap((kind) => (has[kind] === true ? [KIND[kind]] : []));
});
