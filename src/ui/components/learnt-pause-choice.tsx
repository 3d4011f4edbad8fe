import { useEffect, useState } from 'react';
import type { PauseReport } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Switch } from './switch';

/** Whether the pause follows the person, and what it has come to. */
export function LearntPauseChoice() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { endpointing } = useEchoState().settings;
  const { isLearnt, hangoverMs } = endpointing;
  const [report, setReport] = useState<PauseReport>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another start is another answer
  useEffect(() => {
    let isCurrent = true;
    void echo.talk.pauseReport().then((found) => {
      if (isCurrent) setReport(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [echo, hangoverMs]);
  return (
    <div className="stack">
      <Switch
        label={text('settings.pauseLearnt')}
        hint={text('settings.pauseLearntHint')}
        isOn={isLearnt}
        onChange={(isOn) =>
          echo.setSettings((current) => ({
            ...current,
            endpointing: { ...current.endpointing, isLearnt: isOn },
          }))
        }
      />
      {isLearnt && (
        <p className="hint" aria-live="polite">
          {report === undefined
            ? text('settings.pauseLearnt.nothing')
            : text('settings.pauseLearnt.so', {
                pause: formats.number(report.hangoverMs / 1000, 2),
                utterances: report.utterances,
                cutOffs: report.cutOffs,
              })}
        </p>
      )}
    </div>
  );
}
