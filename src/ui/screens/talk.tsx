import '../styles/talk.css';
import { useRef, useState } from 'react';
import type { UtteranceId } from '../../core/ids';
import { AnswerAnnouncer } from '../components/answer-announcer';
import { AnswerCard } from '../components/answer-card';
import { CorrectionNotices } from '../components/correction-notices';
import { HabitSuggestions } from '../components/habit-suggestions';
import { CorrectEntry, type HistoryEntry } from '../components/history-row';
import { MicrophoneProblem } from '../components/microphone-problem';
import { OtherWays } from '../components/other-ways';
import { RecentUtterances } from '../components/recent-utterances';
import { RoutineOffer } from '../components/routine-offer';
import { RunningTimers } from '../components/running-timers';
import { Screen } from '../components/screen';
import { SegmentedChoice } from '../components/segmented-choice';
import { TalkEmpty } from '../components/talk-empty';
import { TalkHint } from '../components/talk-hint';
import { VoiceRing } from '../components/voice-ring';
import { Why } from '../components/why';
import { useEcho, useEchoState } from '../echo-context';
import { useFileDrop } from '../hooks/use-file-drop';
import { useHoldToTalkKey } from '../hooks/use-hold-to-talk-key';
import { type TalkMode, useTalking } from '../hooks/use-talking';
import { useText } from '../i18n/localisation';

/** The place where Echo listens and answers. */
export function Talk() {
  const echo = useEcho();
  const text = useText();
  const { listening, answer, history, phrases } = useEchoState();
  const talking = useTalking();
  useHoldToTalkKey(true, talking.press, talking.letGo);

  const area = useRef<HTMLDivElement>(null);
  const isDropping = useFileDrop(area, ([file]) => {
    if (file !== undefined) void echo.talk.sayFile(file);
  });

  // Kept here, above what it is about: the next utterance replaces the answer, and the dialog stays.
  const [corrected, setCorrected] = useState<HistoryEntry>();
  const [explained, setExplained] = useState<UtteranceId>();
  const answered = history.find((interaction) => interaction.id === answer?.utteranceId);
  const accepted =
    answered?.recognition.outcome === 'accepted' ? answered.recognition.candidates[0] : undefined;
  const modes: readonly { value: TalkMode; label: string }[] = [
    { value: 'hold', label: text('talk.mode.hold') },
    { value: 'hands-free', label: text('talk.mode.handsFree') },
  ];

  return (
    <Screen
      title={text('talk.title')}
      isTitleHidden
      aside={<RecentUtterances onCorrect={setCorrected} onWhy={setExplained} />}
    >
      <div ref={area} className={isDropping ? 'talk is-dropping' : 'talk'}>
        {isDropping && <p className="talk-drop">{text('talk.dropHere')}</p>}
        <RunningTimers />
        <HabitSuggestions />
        <div className="talk-voice">
          <VoiceRing listening={listening} talking={talking} confidence={accepted?.confidence} />
          <SegmentedChoice
            label={text('talk.mode')}
            options={modes}
            value={talking.mode}
            onChange={talking.setMode}
          />
          <TalkHint talking={talking} isAnswered={answered !== undefined} />
        </div>
        {listening.kind === 'failed' && (
          <MicrophoneProblem fault={listening.fault} onRetry={talking.toggle} />
        )}
        <CorrectionNotices />
        {answer !== undefined && answered !== undefined && (
          <AnswerCard
            key={answered.id}
            interaction={answered}
            answer={answer}
            onCorrect={() => setCorrected(answered)}
            onWhy={() => setExplained(answered.id)}
          />
        )}
        <RoutineOffer />
        {phrases.length === 0 && <TalkEmpty />}
        <OtherWays />
      </div>
      {corrected !== undefined && <CorrectEntry entry={corrected} onClose={() => setCorrected(undefined)} />}
      {explained !== undefined && (
        <Why
          id={explained}
          onClose={() => setExplained(undefined)}
          onCorrect={(interaction) => {
            setExplained(undefined);
            setCorrected(interaction);
          }}
        />
      )}
      <AnswerAnnouncer />
    </Screen>
  );
}
