import '../styles/you.css';
import { lazy, Suspense } from 'react';
import { HistoryList } from '../components/history-list';
import { NotesList } from '../components/notes-list';
import { Screen } from '../components/screen';
import { TimersList } from '../components/timers-list';
import { useText } from '../i18n/localisation';
import { hrefOf, type YouSection } from '../router';

const SECTIONS: readonly YouSection[] = ['notes', 'timers', 'history', 'sound', 'voice'];

const VoiceSection = lazy(async () => ({
  default: (await import('../components/voice-section')).VoiceSection,
}));
const SoundMap = lazy(async () => ({ default: (await import('../components/sound-map')).SoundMap }));

/** What Echo keeps for you: notes, timers, everything it heard, and how your phrases sound. */
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
      {section === 'voice' && (
        <Suspense>
          <VoiceSection />
        </Suspense>
      )}
    </Screen>
  );
}
