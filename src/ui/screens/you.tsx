import '../styles/you.css';
import '../styles/print.css';
import { lazy, Suspense } from 'react';
import { HistoryList } from '../components/history-list';
import { NotesList } from '../components/notes-list';
import { Screen } from '../components/screen';
import { TimersList } from '../components/timers-list';
import { useText } from '../i18n/localisation';
import { hrefOf, type YouSection } from '../router';

const SECTIONS: readonly YouSection[] = ['notes', 'timers', 'history', 'sound', 'voice', 'habits', 'changes'];

const VoiceSection = lazy(async () => ({
  default: (await import('../components/voice-section')).VoiceSection,
}));
const SoundMap = lazy(async () => ({ default: (await import('../components/sound-map')).SoundMap }));

const HabitsSection = lazy(async () => ({
  default: (await import('../components/habits-section')).HabitsSection,
}));
const AdaptationsSection = lazy(async () => ({
  default: (await import('../components/adaptations-section')).AdaptationsSection,
}));

/** What Echo keeps for you and knows of you: notes, timers, what it heard, sound, voice, habits, and what it changed. */
export function You({ section }: { readonly section: YouSection }) {
  const text = useText();
  return (
    <Screen title={text('you.title')}>
      <nav className="segments you-sections" aria-label={text('you.sections')}>
        {SECTIONS.map((one) => (
          <a
            key={one}
            className="segment"
            href={hrefOf({ screen: 'you', section: one })}
            aria-current={one === section ? 'page' : undefined}
          >
            {text(`you.${one}`)}
          </a>
        ))}
      </nav>
      {section === 'notes' && <NotesList />}
      {section === 'timers' && <TimersList />}
      {section === 'history' && <HistoryList />}
      {section === 'sound' && (
        <Suspense>
          <SoundMap />
        </Suspense>
      )}
      {section === 'habits' && (
        <Suspense>
          <HabitsSection />
        </Suspense>
      )}
      {section === 'changes' && (
        <Suspense>
          <AdaptationsSection />
        </Suspense>
      )}
      {section === 'voice' && (
        <Suspense>
          <VoiceSection />
        </Suspense>
      )}
    </Screen>
  );
}
