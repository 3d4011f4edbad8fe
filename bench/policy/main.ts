import { ActionPolicy, BOUNDS, type ConfirmChoice, USUAL_COSTS } from '../../src/adaptation/action-policy';
import { AdaptationStrategy } from '../../src/adaptation/adaptation-strategy';
import { AdaptiveBehaviorManager } from '../../src/adaptation/adaptive-behavior-manager';
import type { Observation } from '../../src/adaptation/measured-effect';
import { type Random, seededRandom } from '../../src/core/random';
import { ok } from '../../src/core/result';
import { epochMs, monotonicMs } from '../../src/core/units';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { type Situation, SyntheticUser } from './synthetic-user';

/**
 * Act, ask or leave a moment: what it costs synthetic users, beside asking always and acting always. Regret is what it
 * costs more, in expectation, than for somebody who knows the true chance that an action is wanted and the user's costs.
 * Then, how often a change that hurts, does nothing or helps is taken back by itself.
 *
 *   npm run bench:policy -- [--users N] [--steps N] [--json FILE]
 */

type Way = 'act' | 'ask' | 'undo-window';
interface Contender {
  readonly name: string;
  readonly confirm: ConfirmChoice | undefined;
  decide(situation: Situation): Way;
  learn(situation: Situation): void;
}

const USERS = Number(option('users') ?? 100);
const STEPS = Number(option('steps') ?? 1_000);
const SEED = 20_260_503;

const nothing = (): void => undefined;
const WAYS: readonly Way[] = ['act', 'ask', 'undo-window'];

function contenders(seed: number): readonly Contender[] {
  const learnt = (confirm: ConfirmChoice): Contender => {
    const policy = new ActionPolicy(seededRandom(seed));
    return {
      name: `learnt, ${confirm}`,
      confirm,
      decide: ({ phraseId, confidence, consequence }) =>
        policy.decide({ phraseId, confidence, consequence, confirm }).kind,
      learn: ({ phraseId, confidence, isWanted }) =>
        policy.learn({ phraseId, confidence, wanted: Number(isWanted) }),
    };
  };
  return [
    { name: 'always act', confirm: undefined, decide: () => 'act', learn: nothing },
    { name: 'always ask', confirm: undefined, decide: () => 'ask', learn: nothing },
    {
      name: 'ask before what is risky',
      confirm: undefined,
      decide: ({ consequence }) => (consequence === 'risky' ? 'ask' : 'act'),
      learn: nothing,
    },
    {
      name: 'usual costs, recogniser believed',
      confirm: undefined,
      decide: ({ consequence, confidence }) => {
        const loss = (1 - confidence) * USUAL_COSTS.unwanted[consequence];
        return loss < USUAL_COSTS.ask ? 'act' : 'ask';
      },
      learn: nothing,
    },
    learnt('always'),
    learnt('unless-sure'),
    learnt('never'),
  ];
}

interface Total {
  steps: number;
  regret: number;
  lateRegret: number;
  asked: number;
  risky: number;
  riskyRun: number;
  riskyWrong: number;
  belowBound: number;
}

function playOut(): readonly TidyRow[] {
  const totals = new Map<string, Total>();
  for (let user = 0; user < USERS; user += 1) {
    for (const contender of contenders(SEED + user)) {
      // Everybody meets the same situations.
      const somebody = new SyntheticUser(seededRandom(SEED * 31 + user));
      const total = totals.get(contender.name) ?? {
        steps: 0,
        regret: 0,
        lateRegret: 0,
        asked: 0,
        risky: 0,
        riskyRun: 0,
        riskyWrong: 0,
        belowBound: 0,
      };
      totals.set(contender.name, total);
      for (let step = 0; step < STEPS; step += 1) {
        const situation = somebody.next();
        const way = contender.decide(situation);
        const best = Math.min(...WAYS.map((each) => somebody.expected(situation, each)));
        const regret = somebody.expected(situation, way) - best;
        total.steps += 1;
        total.regret += regret;
        if (step >= STEPS / 2) total.lateRegret += regret;
        if (way === 'ask') total.asked += 1;
        if (situation.consequence === 'risky') {
          total.risky += 1;
          if (way !== 'ask') {
            total.riskyRun += 1;
            if (!situation.isWanted) total.riskyWrong += 1;
            const { confirm } = contender;
            if (confirm !== undefined && situation.confidence < BOUNDS[confirm]) total.belowBound += 1;
          }
        }
        contender.learn(situation);
      }
    }
  }
  return [...totals].map(([policy, total]) => ({
    policy,
    steps: total.steps,
    'regret s/100': (100 * total.regret) / total.steps,
    'second half': (100 * total.lateRegret) / (total.steps / 2),
    'asked %': (100 * total.asked) / total.steps,
    'risky run %': (100 * total.riskyRun) / Math.max(1, total.risky),
    'unwanted risky/1000': (1_000 * total.riskyWrong) / total.steps,
    'below bound': total.belowBound,
  }));
}

class Turn extends AdaptationStrategy {
  readonly name = 'turn';
  readonly type = 'listening';
  readonly description = 'turns something';
  isTurned = false;
  analyzeApplicability(): number {
    return 1;
  }
  generateActions() {
    const metric = { name: 'wrong', kind: 'share', better: 'lower' } as const;
    return [{ kind: 'turn', setting: 'it', parameters: {}, expectedImpact: 0.1, metric }];
  }
  protected async applyAction() {
    this.isTurned = true;
    return ok({ before: {}, after: {} });
  }
  protected async undoAction() {
    this.isTurned = false;
    return ok(undefined);
  }
}

/** One person's utterances, of which `before` are wrong, and `after` once something is turned. */
async function oneChange(before: number, after: number, random: Random) {
  let now = 1;
  const wrong: Observation[] = [];
  const strategy = new Turn();
  const manager = new AdaptiveBehaviorManager({
    clock: { now: () => epochMs(now), monotonic: () => monotonicMs(now) },
    newId: () => `${now}`,
    onFailure: nothing,
    observations: () => wrong,
  });
  manager.registerStrategy(strategy);
  manager.enableStrategy(strategy.name);
  const say = (share: number): void => {
    now += 1;
    wrong.push({ at: now, value: Number(random() < share) });
  };
  for (let time = 0; time < 60; time += 1) say(before);
  await manager.adapt({ performance: {}, userComplaints: 0 });
  for (let time = 0; time < 40 && manager.adaptations[0]?.state.kind === 'measuring'; time += 1) {
    say(after);
    await manager.review();
  }
  const [made] = manager.adaptations;
  return { state: made?.state, looked: made?.effect?.after.count ?? 0 };
}

async function rollBack(): Promise<readonly TidyRow[]> {
  const rows: TidyRow[] = [];
  for (const [before, after] of [
    [0.1, 0.5],
    [0.1, 0.3],
    [0.1, 0.2],
    [0.1, 0.1],
    [0.2, 0.2],
    [0.2, 0.1],
    [0.3, 0.1],
    [0.3, 0.02],
  ] as const) {
    const random = seededRandom(SEED);
    const times = 1_000;
    let [hurt, noBetter, helped, looked] = [0, 0, 0, 0];
    for (let time = 0; time < times; time += 1) {
      const change = await oneChange(before, after, random);
      looked += change.looked;
      if (change.state?.kind === 'reverted') {
        if (change.state.by === 'hurt') hurt += 1;
        else noBetter += 1;
      } else if (change.state?.kind === 'in-force' && change.state.verdict === 'helped') helped += 1;
    }
    rows.push({
      'wrong before %': before * 100,
      'wrong after %': after * 100,
      'taken back, surely worse %': (100 * hurt) / times,
      'taken back, no better %': (100 * noBetter) / times,
      'kept, surely better %': (100 * helped) / times,
      'kept, unsure %': (100 * (times - hurt - noBetter - helped)) / times,
      'utterances until then': looked / times,
    });
  }
  return rows;
}

const policies = playOut();
console.log(
  `${USERS} users with ${STEPS} actions each, seed ${SEED}. Regret in seconds of bother for 100 actions.\n`,
);
printTable(policies, Object.keys(policies[0] ?? {}));
console.log('\nChanges, 1,000 of each kind: 60 utterances before, at most 40 after.\n');
const changes = await rollBack();
printTable(changes, Object.keys(changes[0] ?? {}));
writeJsonIfAsked([...policies, ...changes]);
