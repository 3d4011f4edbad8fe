import { existsSync } from 'node:fs';
import { createCompute } from '../../src/compute/compute';
import type { PhraseId, TakeId } from '../../src/core/ids';
import { epochMs } from '../../src/core/units';
import { Cohort } from '../../src/speech/voice/cohort';
import { VoiceEvidence } from '../../src/speech/voice/voice-evidence';
import { VoiceProfile } from '../../src/speech/voice/voice-profile';
import { verifyVoice } from '../../src/speech/voice/voice-verification';
import { runWithLiveEventLoop } from '../live-event-loop';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { Voices } from '../voices';
import { createEar } from './ear';
import { type HeardClip, type SpeakerClips, speakersOf } from './speaker-clips';

/** Whether "sounds like you" is true. Each person is enrolled from the first session of theirs, or the first two, or every other
 * take where a set knows no sessions, and everybody's other clips are judged: after one utterance, and after three of a person
 * in a row. `sure` and `wrong` are the shares of own and of other people's utterances told "sounds like you", `denied` and
 * `refused` those told "sounds like somebody else".
 *
 *     npx tsx bench/speech/voice-bands.ts [--data DIR] [--set NAME] [--speakers N] [--json FILE]
 */
const SETS = ['telephone-sessions', 'english-commands', 'english-digits-8k'];
const DAY_MS = 86_400_000;

async function main(): Promise<number> {
  const data = option('data') ?? (existsSync('../shared/data') ? '../shared/data' : 'test/fixtures/voices');
  const voices = new Voices(data);
  const sets = SETS.filter(
    (set) => voices.clips.some((clip) => clip.set === set) && (option('set') ?? set) === set,
  );
  const compute = createCompute();
  await compute.start('wasm');
  const { hear, strangers } = await createEar(compute);
  const cohort = new Cohort(strangers);
  const rows: TidyRow[] = [];
  for (const set of sets) {
    const speakers = await speakersOf(voices, set, Number(option('speakers') ?? 24), hear);
    for (const sittings of set === 'telephone-sessions' ? [1, 2] : [1])
      for (const count of [1, 3])
        rows.push({
          bench: 'voice-bands',
          set,
          sittings,
          count,
          ...bandsOf(speakers, cohort, sittings, count),
        });
  }
  printTable(rows, ['set', 'sittings', 'count', 'sure', 'denied', 'wrong', 'refused', 'own', 'others']);
  writeJsonIfAsked(rows);
  return 0;
}

function bandsOf(
  speakers: readonly SpeakerClips[],
  cohort: Cohort,
  sittings: number,
  count: number,
): TidyRow {
  const splits = speakers.flatMap((speaker) => splitOf(speaker, sittings) ?? []);
  const told = { own: [] as string[], others: [] as string[] };
  for (const { speaker, enrolled } of splits) {
    const profile = new VoiceProfile(cohort);
    for (const { clip, features } of enrolled) {
      const voiceprint = features?.embedding?.speaker;
      if (voiceprint === undefined) continue;
      const recordedAt = epochMs(DAY_MS * Number(clip.session.replace(/\D/g, '')));
      profile.enrol({ takeId: clip.path as TakeId, phraseId: clip.word as PhraseId, recordedAt, voiceprint });
    }
    for (const { speaker: talker, tested } of splits)
      for (let at = 0; at + count <= tested.length; at += count) {
        const evidence = new VoiceEvidence();
        const verdicts = tested.slice(at, at + count).map(({ features }) => {
          const verdict = verifyVoice(profile, evidence, features ?? {}, epochMs(0));
          return verdict.kind === 'judged' ? verdict.band : verdict.kind;
        });
        told[talker === speaker ? 'own' : 'others'].push(verdicts.at(-1) ?? 'unavailable');
      }
  }
  const share = (bands: readonly string[], band: string): number =>
    (100 * bands.filter((each) => each === band).length) / bands.length;
  return {
    sure: share(told.own, 'sounds-like-you'),
    denied: share(told.own, 'sounds-like-somebody-else'),
    wrong: share(told.others, 'sounds-like-you'),
    refused: share(told.others, 'sounds-like-somebody-else'),
    own: told.own.length,
    others: told.others.length,
  };
}

function splitOf(
  { speaker, clips }: SpeakerClips,
  sittings: number,
): { speaker: string; enrolled: readonly HeardClip[]; tested: readonly HeardClip[] } | undefined {
  const heard = clips.filter(({ features }) => features !== undefined);
  const sessions = [...new Set(heard.map(({ clip }) => clip.session))].sort();
  const first = sessions.slice(0, sittings);
  const isEnrolled = ({ clip }: HeardClip): boolean =>
    sessions.length > 1 ? first.includes(clip.session) : clip.take % 2 === 0;
  const tested = heard.filter((each) => !isEnrolled(each));
  return tested.length === 0 ? undefined : { speaker, enrolled: heard.filter(isEnrolled), tested };
}

await runWithLiveEventLoop(main);
