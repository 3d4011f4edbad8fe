import type { ActionKind, ActionSpec, OperatorPolicy, SingleAction } from '../echo';

/** Why an action cannot be saved as it stands, or would not work. */
export type ActionProblem =
  | { readonly kind: 'text' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'time' }
  | { readonly kind: 'url' }
  | { readonly kind: 'json'; readonly detail: string }
  /** It can be saved, but the operator does not allow the call. */
  | { readonly kind: 'origin'; readonly origin: string };

const DAY_SECONDS = 86_400;

function webUrl(address: string): URL | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

/** The host of an address, for summaries; the address itself while it is not one yet. */
export function hostOf(address: string): string {
  return webUrl(address)?.host ?? address;
}

function jsonProblem(body: string): ActionProblem | undefined {
  if (body.trim() === '') return undefined;
  try {
    JSON.parse(body);
    return undefined;
  } catch (failure) {
    return { kind: 'json', detail: failure instanceof Error ? failure.message : String(failure) };
  }
}

/** The first problem of an action that is being edited, `undefined` when there is none. */
export function actionProblem(action: ActionSpec, policy: OperatorPolicy): ActionProblem | undefined {
  switch (action.kind) {
    case 'none':
    case 'note':
      return undefined;
    case 'speak':
    case 'copy':
      return action.text.trim() === '' ? { kind: 'text' } : undefined;
    case 'timer': {
      const isInRange = action.durationSeconds >= 1 && action.durationSeconds <= DAY_SECONDS;
      return isInRange ? undefined : { kind: 'duration' };
    }
    case 'alarm':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(action.timeOfDay) ? undefined : { kind: 'time' };
    case 'link':
      return webUrl(action.url) === undefined ? { kind: 'url' } : undefined;
    case 'webhook': {
      const url = webUrl(action.url);
      if (url === undefined) return { kind: 'url' };
      const json = jsonProblem(action.body);
      if (json !== undefined) return json;
      return policy.webhookOrigins.includes(url.origin) ? undefined : { kind: 'origin', origin: url.origin };
    }
    case 'sequence': {
      const problems = action.steps.flatMap((step) => actionProblem(step, policy) ?? []);
      // What cannot be saved at all comes before what may not work.
      return problems.find(({ kind }) => kind !== 'origin') ?? problems[0];
    }
  }
}

/** An action that the operator does not allow can still be saved: the policy may change. */
export function canSave(problem: ActionProblem | undefined): boolean {
  return problem === undefined || problem.kind === 'origin';
}

/** Steps that one phrase may have; the schema of stored phrases has the same limit. */
export const MOST_STEPS = 6;

/** What a step can be. */
export const STEP_KINDS = [
  'speak',
  'note',
  'timer',
  'alarm',
  'link',
  'copy',
  'webhook',
] as const satisfies readonly Exclude<ActionKind, 'none' | 'sequence'>[];

/** A fresh action of a kind, to be filled in. */
export function emptyAction(kind: ActionKind): ActionSpec {
  return kind === 'sequence' ? { kind, steps: [emptyStep('speak'), emptyStep('note')] } : emptyStep(kind);
}

export function emptyStep(kind: SingleAction['kind']): SingleAction {
  switch (kind) {
    case 'none':
      return { kind };
    case 'speak':
    case 'note':
    case 'copy':
      return { kind, text: '' };
    case 'timer':
      return { kind, label: '', durationSeconds: 300 };
    case 'alarm':
      return { kind, label: '', timeOfDay: '07:00' };
    case 'link':
      return { kind, url: '' };
    case 'webhook':
      return { kind, url: '', method: 'POST', body: '' };
  }
}
