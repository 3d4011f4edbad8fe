import { describe, expect, it } from 'vitest';
import type { Utterance } from '../../../../src/audio/utterance';
import { type Clip, prepareClip } from '../../../../src/speech/listening/clip';
import { ClipAhead } from '../../../../src/speech/listening/clip-ahead';
import { joined, mixed, noise, silence, vowel } from '../../../support/signals';

function utterance(pitchHz: number): Utterance {
  const word = joined(silence(0.3), vowel(0.6, pitchHz, [600, 1_100], -18), silence(0.3));
  return { samples: mixed(word, noise(1.2, -70)), endedBy: 'silence' };
}

function ahead() {
  const made: Utterance[] = [];
  const looked: Clip[] = [];
  const clips = new ClipAhead({
    clipOf: async (one) => {
      made.push(one);
      return prepareClip(one);
    },
    onClip: (clip) => looked.push(clip),
  });
  return { clips, made, looked };
}

describe('ClipAhead', () => {
  it('gives the clip that it prepared, which is made and looked at once', async () => {
    const { clips, made, looked } = ahead();
    const said = utterance(140);
    clips.prepare(said);
    await Promise.resolve();
    const clip = await clips.take(said);
    expect(clip).toEqual(prepareClip(said));
    expect(made).toEqual([said]);
    expect(looked).toHaveLength(1);
  });

  it('makes the clip of another utterance than it prepared for', async () => {
    const { clips, made } = ahead();
    const longer = utterance(180);
    clips.prepare(utterance(140));
    expect(await clips.take(longer)).toEqual(prepareClip(longer));
    expect(made).toHaveLength(2);
  });

  it('looks at nothing that it was told to forget', async () => {
    const { clips, looked } = ahead();
    clips.prepare(utterance(140));
    clips.forget();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(looked).toEqual([]);
  });
});
