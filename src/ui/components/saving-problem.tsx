/** Why something was not stored, said as it happens. */
export function SavingProblem({ problem }: { readonly problem: string | undefined }) {
  if (problem === undefined) return null;
  return (
    <p className="problem" role="alert">
      {problem}
    </p>
  );
}
