import type { ParticipationView } from '../../echo';
import { useLocalisation } from '../i18n/localisation';

type Open = Extract<ParticipationView, { readonly questions: unknown }>;

/** How much was spent of what may be spent at most, over a day, a month and a year. */
export function InsightsBudget({ view }: { readonly view: Open }) {
  const { text } = useLocalisation();
  return (
    <div className="stack">
      <h3>{text('insights.budget')}</h3>
      <p>{text('insights.budget.intro')}</p>
      <dl className="counts">
        {view.budget.map(({ days, spent, most }) => (
          <div key={days} className="count budget">
            <dt>{text('insights.budget.window', { days })}</dt>
            <dd className="figures">
              <span className="budget-units" aria-hidden="true">
                {unitsOf(most).map((unit) => (
                  <span key={unit} className={unit <= spent ? 'budget-unit is-spent' : 'budget-unit'} />
                ))}
              </span>
              {text('insights.budget.of', { spent, most })}
              <span className="small quiet">
                {text('insights.budget.left', { left: Math.max(0, most - spent) })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">{text('insights.budget.linked')}</p>
    </div>
  );
}

const unitsOf = (most: number): readonly number[] => Array.from({ length: most }, (_, at) => at + 1);
