import { type Random, shuffled } from '../../src/core/random';

const COLOURS = ['red', 'blue'];
const SIZES = ['big', 'small'];
const BETWEEN = ['one that is', 'thing of the', 'box and a', 'kind so'];
const AFTER = ['please', 'now', 'for me', 'today', 'again', 'over there', 'if you can', 'at once'];

/**
 * Texts of two intents that no single word or pair of words tells apart: only colour and size together do.
 *
 * @returns up to 128, in random order
 */
export function crossedTexts(random: Random): readonly { readonly text: string; readonly intent: string }[] {
  const texts = COLOURS.flatMap((colour) =>
    SIZES.flatMap((size) =>
      BETWEEN.flatMap((between) =>
        AFTER.map((after) => ({
          text: `${colour} ${between} ${size} ${after}`,
          intent: (colour === 'red') === (size === 'big') ? 'same' : 'other',
        })),
      ),
    ),
  );
  return shuffled(texts, random);
}
