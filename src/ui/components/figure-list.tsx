import type { ReactNode } from 'react';

/** Names with their figures, one a line. */
export function FigureList({
  figures,
}: {
  readonly figures: readonly (readonly [name: string, figure: ReactNode])[];
}) {
  return (
    <dl className="counts">
      {figures.map(([name, figure]) => (
        <div key={name} className="count">
          <dt>{name}</dt>
          <dd className="figures">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
