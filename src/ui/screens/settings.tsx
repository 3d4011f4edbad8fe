import '../styles/settings.css';
import { ActingSettings } from '../components/acting-settings';
import {
  AppearanceSettings,
  HistorySettings,
  ListeningSettings,
  UpdateSettings,
} from '../components/general-settings';
import { MicrophoneSettings } from '../components/microphone-settings';
import { PeopleSettings } from '../components/people-settings';
import { Screen } from '../components/screen';
import { VoiceSettings } from '../components/voice-settings';
import { useText } from '../i18n/localisation';

/** What a person chooses about the app itself. */
export function Settings() {
  const text = useText();
  return (
    <Screen title={text('settings.title')}>
      <AppearanceSettings />
      <PeopleSettings />
      <MicrophoneSettings />
      <ListeningSettings />
      <ActingSettings />
      <VoiceSettings />
      <HistorySettings />
      <UpdateSettings />
    </Screen>
  );
}
