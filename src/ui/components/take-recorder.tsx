import '../styles/recordings.css';
import { useRef, useState } from 'react';
import { useEchoState } from '../echo-context';
import { type DraftFailure, type Drafts, MOST_TAKES } from '../hooks/use-drafts';
import { useFileDrop } from '../hooks/use-file-drop';
import { type Text, useText } from '../i18n/localisation';
import { DraftList } from './draft-list';
import { FileButton } from './file-button';
import { Icon } from './icon';
import { LevelMeter } from './level-meter';
import { MicrophoneProblem } from './microphone-problem';
import { type SampleGroup, SamplesDialog } from './samples-dialog';
import { UnsavedQuestion } from './unsaved-question';

/** Records takes, or takes them from files and sample voices, and says what each is worth. */
export function TakeRecorder({
  drafts,
  opensSamples = false,
  onSample,
}: {
  readonly drafts: Drafts;
  readonly opensSamples?: boolean;
  readonly onSample?: (group: SampleGroup) => void;
}) {
  const text = useText();
  const { listening, samples } = useEchoState();
  const [isPicking, setIsPicking] = useState(opensSamples);
  const area = useRef<HTMLDivElement>(null);
  const isDropping = useFileDrop(area, (files) => void drafts.importFiles(files));
  const isFull = drafts.room === 0;

  return (
    <div ref={area} className={isDropping ? 'recorder is-dropping' : 'recorder'}>
      <div className="recorder-main">
        <RecordButton drafts={drafts} />
        <p className="recorder-advice" aria-live="polite">
          {isDropping ? text('teach.dropHere') : <Advice drafts={drafts} />}
        </p>
      </div>
      {drafts.isRecording && <LevelMeter />}
      {!drafts.isRecording && listening.kind === 'failed' && (
        <MicrophoneProblem fault={listening.fault} onRetry={() => void drafts.record()} />
      )}
      <Failures failures={drafts.failures} />
      <DraftList drafts={drafts} />
      {drafts.importing !== undefined && (
        <div className="row">
          <progress
            max={drafts.importing.total}
            value={drafts.importing.done}
            aria-label={text('teach.files')}
          />
          <span className="small quiet">{text('teach.importing', { ...drafts.importing })}</span>
          <button type="button" className="button button-quiet button-small" onClick={drafts.stop}>
            {text('common.cancel')}
          </button>
        </div>
      )}
      {!isFull && !drafts.isBusy && (
        <div className="row recorder-others">
          <FileButton
            accept="audio/*"
            multiple
            className="button button-quiet button-small"
            onFiles={(files) => void drafts.importFiles(files)}
          >
            <Icon name="file" size={20} />
            {text('teach.files')}
          </FileButton>
          {samples.length > 0 && (
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => setIsPicking(true)}
            >
              <Icon name="sample" size={20} />
              {text('teach.sample')}
            </button>
          )}
        </div>
      )}
      <UnsavedQuestion count={drafts.atRisk} />
      {isPicking && (
        <SamplesDialog
          use="teach"
          onPick={(group) => {
            onSample?.(group);
            void drafts.addSamples(group);
          }}
          onClose={() => setIsPicking(false)}
        />
      )}
    </div>
  );
}

function RecordButton({ drafts }: { readonly drafts: Drafts }) {
  const text = useText();
  const isFull = drafts.room === 0;
  const words = drafts.isRecording
    ? text('teach.recording.stop')
    : text(drafts.takes.length === 0 ? 'teach.record' : 'teach.recordMore');
  return (
    <button
      type="button"
      className={drafts.isRecording ? 'record is-recording' : 'record'}
      disabled={(isFull && !drafts.isRecording) || drafts.importing !== undefined}
      aria-label={words}
      onClick={() => (drafts.isRecording ? drafts.stop() : void drafts.record())}
    >
      <Icon name={drafts.isRecording ? 'stop' : 'talk'} size={34} />
    </button>
  );
}

function Advice({ drafts }: { readonly drafts: Drafts }) {
  const text = useText();
  const { listening } = useEchoState();
  if (drafts.isRecording) {
    const stage = listening.kind === 'off' || listening.kind === 'failed' ? 'opening' : listening.kind;
    return <strong className="lead">{text(`teach.recording.${stage}`)}</strong>;
  }
  if (drafts.room === 0) return text('teach.recordFull');
  if (drafts.takes.length === 0) return text('teach.advice.first');
  return text(drafts.takes.length >= MOST_TAKES - 2 ? 'teach.advice.enough' : 'teach.advice.more');
}

function failureText(text: Text, failure: DraftFailure): string | undefined {
  switch (failure.kind) {
    case 'cancelled':
      return undefined;
    case 'file-unreadable':
      return text('teach.failed.file-unreadable', { name: failure.name });
    case 'too-many':
      return text('teach.failed.too-many', { count: failure.count });
    default:
      return text(`teach.failed.${failure.kind}`);
  }
}

function Failures({ failures }: { readonly failures: readonly DraftFailure[] }) {
  const text = useText();
  return (
    <div role="alert">
      {failures.map((failure) => (
        <p key={JSON.stringify(failure)} className="problem">
          <Icon name="warning" size={18} />
          {failureText(text, failure)}
        </p>
      ))}
    </div>
  );
}
