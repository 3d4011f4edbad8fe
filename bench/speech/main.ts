import { existsSync } from 'node:fs';
import { createCompute } from '../../src/compute/compute';
import { RememberingMatcher } from '../../src/speech/templates/remembering-matcher';
import { TemplateMatcher } from '../../src/speech/templates/template-matcher';
import { runWithLiveEventLoop } from '../live-event-loop';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { Voices, VoicesError } from '../voices';
import {
  appScorer,
  type BenchScorer,
  mfccDtwScorer,
  rememberingFrameDistance,
  templatesScorer,
} from './bench-scorer';
import { runBudgets } from './budgets';
import { createEar } from './ear';
import { FrameDistance } from './mfcc-dtw';
import {
  type ContinuousSpeech,
  loadContinuousSpeech,
  mixNoise,
  noiseK,
  runFewShot,
  runOpenSet,
  timeUtterances,
} from './protocols';
import { type SpeakerClips, speakersOf } from './speaker-clips';
import { createTuning, type TunedBy } from './tuning';
import { appVerifier, mfccDtwVerifier, runVerification } from './verification';

/**
 * How well phrases are recognised, on any folder of voices.
 *
 *     npm run bench:speech -- --data DIR [--set NAME] [--scorer NAME,…]
 *       [--protocol few-shot|open-set|budget|noise|verification] [--speakers N] [--draws N] [--json FILE]
 *
 * Scorers: `app` is what the app does, `templates` the same without the encoder, `mfcc-dtw` the baseline.
 */
const SHOTS = [1, 3, 5];
const NOISE_LEVELS_DB = [20, 10, 5];
/** Sets that hold no phrases, or too few takes of them. */
const OTHER_MATERIAL = ['noise', 'continuous-speech'];
const VERIFICATION_ONLY = ['telephone-sessions'];

/** Memory of pairs compared changes no verdict; the clock runs on the scorers without it. */
function makeScorers(tunedBy: TunedBy): { readonly measured: BenchScorer; readonly timed: BenchScorer }[] {
  const matcher = new RememberingMatcher();
  const frameDistance = new FrameDistance();
  return [
    { measured: appScorer(matcher, tunedBy), timed: appScorer(new TemplateMatcher(), tunedBy) },
    { measured: templatesScorer(matcher), timed: templatesScorer(new TemplateMatcher()) },
    {
      measured: mfccDtwScorer(rememberingFrameDistance()),
      timed: mfccDtwScorer((a, b) => frameDistance.between(a, b)),
    },
  ];
}

async function main(): Promise<void> {
  const data = option('data') ?? (existsSync('../shared/data') ? '../shared/data' : 'test/fixtures/voices');
  const voices = new Voices(data);
  const wantedProtocol = option('protocol');
  const wants = (protocol: string): boolean => wantedProtocol === undefined || wantedProtocol === protocol;
  const drawCount = Number(option('draws') ?? 5);
  const mostSpeakers = Number(option('speakers') ?? Number.POSITIVE_INFINITY);
  const wantedScorers = option('scorer')?.split(',');
  const sets = [...new Set(voices.clips.map(({ set }) => set))].filter(
    (set) => !OTHER_MATERIAL.includes(set) && (option('set') ?? set) === set,
  );
  if (sets.length === 0)
    throw new VoicesError(
      `${data} has no set to recognise${option('set') ? ` named ${option('set')}` : ''}.`,
    );

  const compute = createCompute();
  await compute.start('wasm');
  const { hear, strangers, tunable } = await createEar(compute);
  const continuous: ContinuousSpeech =
    wants('open-set') || wants('budget')
      ? await loadContinuousSpeech(voices, hear)
      : { utterances: [], hours: 0 };
  const noises: Float32Array[] = [];
  for (const clip of voices.clips.filter(({ set }) => set === 'noise'))
    noises.push(await voices.soundOf(clip));

  const tunedBy = createTuning(compute, tunable);
  const rows: TidyRow[] = [];
  for (const set of sets) {
    const speakers = await speakersOf(voices, set, mostSpeakers, hear);
    const noisy = new Map<number, Awaited<ReturnType<typeof mixNoise>>>();
    const wantsNoise = wants('noise') && !VERIFICATION_ONLY.includes(set);
    for (const snrDb of wantsNoise && noises.length > 0 ? NOISE_LEVELS_DB : []) {
      noisy.set(snrDb, await mixNoise(speakers, noises, snrDb, hear));
    }
    const ofSet: TidyRow[] = [];
    if (wants('verification')) {
      for (const verifier of [appVerifier(strangers), mfccDtwVerifier()]) {
        if (wantedScorers?.includes(verifier.name) !== false)
          ofSet.push(...runVerification(set, speakers, verifier));
      }
    }
    for (const { measured, timed } of makeScorers(tunedBy)) {
      if (wantedScorers?.includes(measured.name) === false || VERIFICATION_ONLY.includes(set)) continue;
      const conditions = { set, scorer: measured, speakers, drawCount };
      if (wants('few-shot')) {
        for (const k of SHOTS) ofSet.push(...(await runFewShot(conditions, k)));
        const [first] = speakers;
        if (first !== undefined) ofSet.push(...(await timeUtterances(timed, set, first, noiseK)));
      }
      for (const [snrDb, features] of noisy)
        ofSet.push(...(await runFewShot(conditions, noiseK, { snrDb, features })));
      if (wants('open-set'))
        for (const k of SHOTS) ofSet.push(...(await runOpenSet(conditions, k, continuous)));
      if (wants('budget') && measured.hasThreshold) ofSet.push(...(await runBudgets(conditions, continuous)));
    }
    printSet(set, speakers, ofSet);
    rows.push(...ofSet);
  }
  writeJsonIfAsked(rows);
}

/** One line a condition, one column a scorer. */
function printSet(set: string, speakers: readonly SpeakerClips[], rows: readonly TidyRow[]): void {
  const heard = speakers.flatMap((speaker) => speaker.clips);
  const silent = heard.filter(({ features }) => features === undefined);
  const minutes = (performance.now() / 60_000).toFixed(1);
  console.log(
    `\n${set}: ${speakers.length} speakers, ${heard.length} clips, no speech heard in ${silent.length}; ${minutes} min since the start`,
  );
  const lines = new Map<string, Record<string, string>>();
  const scorers = new Set<string>();
  for (const { scorer, protocol, k, snrDb, clips, metric, value, spread } of rows) {
    const noise = snrDb === undefined ? '' : ` ${snrDb} dB`;
    const condition = clips === undefined ? `${protocol}${noise} k=${k}` : `${protocol} clips=${clips}`;
    const line = lines.get(`${condition} ${metric}`) ?? { protocol: condition, metric: String(metric) };
    const isShare = !/ms|PerHour/.test(String(metric));
    const text = (number: unknown): string => (Number(number) * (isShare ? 100 : 1)).toFixed(1);
    const around = spread === undefined ? '' : ` ± ${text(spread)}`;
    line[String(scorer)] = `${text(value)}${isShare ? ' %' : ''}${around}`;
    scorers.add(String(scorer));
    lines.set(`${condition} ${metric}`, line);
  }
  printTable([...lines.values()], ['protocol', 'metric', ...scorers]);
}

await runWithLiveEventLoop(async () => {
  try {
    await main();
    return 0;
  } catch (error) {
    if (!(error instanceof VoicesError)) throw error;
    console.error(error.message);
    return 1;
  }
});
