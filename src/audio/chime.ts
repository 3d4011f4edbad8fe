/** Two soft notes, a fifth apart, made on the spot: no sound file to load. */
const NOTES_HZ = [660, 990];
const NOTE_SECONDS = 0.35;

/** Plays once, about 0.7 s. Page thread; stays silent where the browser allows no sound before a click. */
export async function chime(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    NOTES_HZ.forEach((hertz, index) => {
      const start = context.currentTime + index * NOTE_SECONDS;
      const tone = new OscillatorNode(context, { frequency: hertz });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setTargetAtTime(0.25, start, 0.01);
      gain.gain.setTargetAtTime(0, start + 0.08, 0.1);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + 2 * NOTE_SECONDS);
    });
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  } finally {
    await context.close();
  }
}
