import { describe, expect, it } from 'vitest';
import { HeldTraining } from '../../../../src/speech/tuning/held-training';

describe('training that is held', () => {
  it('begins at once while nothing holds it, and when it is let go', async () => {
    const held = new HeldTraining();
    const { signal } = new AbortController();
    await held.whenLetGo(signal);
    held.hold(true);
    let hasBegun = false;
    const waiting = held.whenLetGo(signal).then(() => {
      hasBegun = true;
    });
    await Promise.resolve();
    expect(hasBegun).toBe(false);
    held.hold(false);
    await waiting;
    expect(hasBegun).toBe(true);
  });

  it('stops waiting when it is aborted', async () => {
    const held = new HeldTraining();
    held.hold(true);
    const controller = new AbortController();
    const waiting = held.whenLetGo(controller.signal);
    controller.abort();
    await waiting;
  });
});
