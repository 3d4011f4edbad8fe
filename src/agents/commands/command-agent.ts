import { type LearningDataId, newId, type UserId, type UtteranceId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import { type CommandTarget, intentOf } from '../../learning/command-target';
import type { Prediction } from '../../learning/learner';
import type { LearningData } from '../../learning/learning-data';
import type { ActionOutcome, Phrase } from '../../learning/records';
import { NOTHING_MEANT, TYPED_COMMAND_DATA } from '../../learning/typed-command';
import type { Engine } from '../engine';
import type { LearningSystemError } from '../learning/learning-system-error';
import type { ActionAgent } from '../talk/action-agent';
import type { InteractionReporter } from '../talk/interaction-reporter';
import { type Command, type CommandMatch, questionOf, rankedMatches, wordsOfAction } from './command-matches';

/** A command that was typed and carried out. Only its id and figures are told to anybody. */
export interface CommandRun {
  readonly id: UtteranceId;
  readonly text: string;
  readonly target: CommandTarget;
  readonly confidence: number;
  /** `undefined` for what the app does by itself. */
  readonly outcome: ActionOutcome | undefined;
}

interface Colleagues {
  readonly actions: Pick<ActionAgent, 'perform' | 'takeBack'>;
  readonly reporter: Pick<InteractionReporter, 'typed' | 'undone' | 'typedCorrected'>;
  readonly predict: (learner: string, input: JsonObject) => Promise<Result<Prediction, LearningSystemError>>;
  readonly learn: (data: LearningData) => Promise<Result<void, LearningSystemError>>;
  readonly userId: () => UserId | undefined;
  readonly sessionId: string;
}

/** Name of the learner in the configuration. */
const LEARNER = 'text-intent';
const AGENT = 'commands';
const LONGEST_TEXT = 500;
/** Longer than this without an answer, and typing feels slow. */
const PATIENCE_MS = 120;

/**
 * What is typed instead of said: finds what is meant, does it, and learns from it. What was typed is in memory here as
 * long as the answer is on show, in the vault as learning data, and nowhere else.
 */
export class CommandAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  /**
   * What a text may mean, best first. Where the learner cannot be asked, what is called like it.
   *
   * @param own what the app can do by itself, in words of the person's language
   * @param onEarly told what is called like it when the learner takes long, as it does when it is first asked
   */
  async match(
    text: string,
    own: readonly Command[],
    signal: AbortSignal,
    onEarly: (matches: readonly CommandMatch[]) => void,
  ): Promise<readonly CommandMatch[]> {
    const short = text.slice(0, LONGEST_TEXT);
    if (short.trim() === '' || signal.aborted) return [];
    const commands = [...this.#phraseCommands(), ...own];
    const early = setTimeout(() => {
      if (!signal.aborted) onEarly(rankedMatches(short, commands, undefined));
    }, PATIENCE_MS);
    const predicted = await this.#with.predict(LEARNER, questionOf(short, commands));
    clearTimeout(early);
    return rankedMatches(short, commands, predicted.ok ? predicted.value.value : undefined);
  }

  /** Does what is attached to a phrase, or lets the page do what the app can do, and learns that this was meant. */
  async run(
    text: string,
    { target, confidence }: Pick<CommandMatch, 'target' | 'confidence'>,
  ): Promise<CommandRun> {
    const id = newId<UtteranceId>();
    const startedAt = this.#engine.clock.monotonic();
    const phrase = this.#phraseOf(target);
    const outcome = phrase === undefined ? undefined : await this.#with.actions.perform(phrase);
    this.#with.reporter.typed({
      id,
      phraseId: phrase?.id,
      actionKind: phrase?.action.kind,
      outcome: outcome ?? (target.kind === 'app' ? { kind: 'done', detail: '' } : { kind: 'not-run' }),
      confidence,
      durationMs: this.#engine.clock.monotonic() - startedAt,
    });
    await this.#learn(text, intentOf(target));
    return { id, text, target, confidence, outcome };
  }

  /** Takes back what a command caused, where that is possible. */
  async undo(run: CommandRun): Promise<CommandRun> {
    const { outcome } = run;
    if (outcome?.kind !== 'done' || outcome.undoToken === undefined) return run;
    await this.#with.actions.takeBack(outcome.undoToken);
    this.#with.reporter.undone(run.id);
    return { ...run, outcome: { kind: 'undone' } };
  }

  /**
   * "That was …": what was done is taken back where that is possible, what was meant is learnt and done.
   *
   * @param target `undefined`: nothing there is was meant
   */
  async correct(
    run: CommandRun,
    target: CommandTarget | undefined,
  ): Promise<Result<CommandRun | undefined, LearningSystemError>> {
    await this.undo(run);
    this.#with.reporter.typedCorrected(run, target);
    if (target !== undefined) return ok(await this.run(run.text, { target, confidence: 1 }));
    const learnt = await this.#learn(run.text, NOTHING_MEANT);
    return learnt.ok ? ok(undefined) : learnt;
  }

  async #learn(text: string, intent: string): Promise<Result<void, LearningSystemError>> {
    const { userId, learn, sessionId } = this.#with;
    const id = userId();
    if (id === undefined) return err({ kind: 'no-profile' });
    return learn({
      id: newId<LearningDataId>(),
      userId: id,
      agentId: AGENT,
      sessionId,
      dataType: TYPED_COMMAND_DATA,
      content: { text: text.slice(0, LONGEST_TEXT), intent },
      privacyLevel: 'private',
      qualityScore: 1,
      createdAt: this.#engine.clock.now(),
    });
  }

  #phraseOf(target: CommandTarget): Phrase | undefined {
    if (target.kind !== 'phrase') return undefined;
    return this.#engine.store.state.phrases.find(({ id }) => id === target.phraseId);
  }

  #phraseCommands(): readonly Command[] {
    return this.#engine.store.state.phrases.map(({ id, name, action }) => ({
      target: { kind: 'phrase', phraseId: id },
      names: [name, ...wordsOfAction(action)],
    }));
  }
}
