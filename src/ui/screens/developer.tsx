import '../styles/developer.css';
import '../styles/facts.css';
import { AdaptationReport } from '../components/adaptation-report';
import { AlertReport } from '../components/alert-report';
import { BackendReport } from '../components/backend-report';
import { ConfigurationReport } from '../components/configuration-report';
import { DebugExport } from '../components/debug-export';
import { EncoderReport } from '../components/encoder-report';
import { EventReport } from '../components/event-report';
import { LearningReport } from '../components/learning-report';
import { MetricsReport } from '../components/metrics-report';
import { PhraseReport } from '../components/phrase-report';
import { RecognitionReport } from '../components/recognition-report';
import { Screen } from '../components/screen';
import { TextModelReport } from '../components/text-model-report';
import { TuningReport } from '../components/tuning-report';
import { VaultReport } from '../components/vault-report';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';

/** What runs inside, with its numbers. This screen may speak technically. */
export function Developer() {
  const text = useText();
  const { settings, policy } = useEchoState();
  return (
    <Screen title={text('developer.title')}>
      <p className="quiet">{text('developer.intro')}</p>
      <LearningReport />
      <AlertReport />
      <EventReport />
      <AdaptationReport />
      <VaultReport />
      <BackendReport />
      <EncoderReport />
      <TuningReport />
      <TextModelReport />
      <PhraseReport />
      <RecognitionReport />
      <DebugExport />
      <MetricsReport />
      <ConfigurationReport />
      <details className="card">
        <summary className="label">{text('developer.settings')}</summary>
        <pre className="code">{JSON.stringify(settings, undefined, 2)}</pre>
      </details>
      <details className="card">
        <summary className="label">{text('developer.policy')}</summary>
        <pre className="code">{JSON.stringify(policy, undefined, 2)}</pre>
      </details>
    </Screen>
  );
}
