import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { FileButton } from './file-button';
import { Icon } from './icon';
import { SamplesDialog } from './samples-dialog';

/** For people without a microphone at hand: a recording, or a built-in voice. */
export function OtherWays() {
  const echo = useEcho();
  const text = useText();
  const { samples, phrases } = useEchoState();
  const [isOpen, setIsOpen] = useState(false);
  const hasSamples = samples.some((sample) => sample.use === 'say');
  return (
    <section className="other-ways" aria-label={text('talk.other')}>
      <p className="hint">{text('talk.noMicrophone')}</p>
      <FileButton
        accept="audio/*"
        className="button button-quiet button-small"
        onFiles={([file]) => {
          if (file !== undefined) void echo.talk.sayFile(file);
        }}
      >
        <Icon name="file" />
        {text('talk.sayFile')}
      </FileButton>
      {hasSamples && phrases.length > 0 && (
        <button type="button" className="button button-quiet button-small" onClick={() => setIsOpen(true)}>
          <Icon name="sample" />
          {text('talk.saySample')}
        </button>
      )}
      {isOpen && (
        <SamplesDialog
          use="say"
          onPick={(group) => {
            const [clip] = group.clips;
            if (clip !== undefined) void echo.talk.saySample(clip.id);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </section>
  );
}
