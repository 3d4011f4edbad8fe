import { useEffect, useState } from 'react';
import type { BudgetCosts, Settings } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { SegmentedChoice } from './segmented-choice';

const BUDGETS = [
  'hour',
  'day',
  'week',
] as const satisfies readonly Settings['recognition']['falseTriggers'][];

/** How seldom Echo is to act by mistake, and what that costs: nobody has to guess at a threshold. */
export function FalseTriggerChoice() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { settings, phrases } = useEchoState();
  const { falseTriggers } = settings.recognition;
  const [costs, setCosts] = useState<BudgetCosts>();
  // Strengths change with everything that moves thresholds.
  useEffect(() => {
    let isCurrent = true;
    void (phrases.length === 0 ? Promise.resolve(undefined) : echo.phrases.budgetCosts()).then((found) => {
      if (isCurrent) setCosts(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [echo, phrases]);
  const cost = costs?.[falseTriggers];
  return (
    <div className="field">
      <p className="label">{text('settings.falseTriggers')}</p>
      <SegmentedChoice
        label={text('settings.falseTriggers')}
        options={BUDGETS.map((budget) => ({
          value: budget,
          label: text(`settings.falseTriggers.${budget}`),
        }))}
        value={falseTriggers}
        onChange={(chosen) =>
          echo.setSettings((current) => ({ ...current, recognition: { falseTriggers: chosen } }))
        }
      />
      <p className="hint" aria-live="polite">
        {cost === undefined
          ? text('settings.falseTriggers.hint')
          : text('settings.falseTriggers.cost', { share: formats.percent(Math.max(cost, 0.01)) })}
      </p>
    </div>
  );
}
