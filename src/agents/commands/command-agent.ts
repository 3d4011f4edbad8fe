import { type LearningDataId, newId, type UserId, type UtteranceId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import { type CommandTarget, intentOf } from '../../learning/command-target';
import type { Prediction } from '../../learning/learner';
import type { LearningData } from '../../learning/learning-data';
import { type ActionOutcome, LONGEST_TYPED, type Phrase } from '../../learning/records';
import { NOTHING_MEANT, TYPED_COMMAND_DATA } from '../../learning/typed-command';
import type { Engine } from '../engine';
import type { LearningSystemError } from '../learning/learning-system-error';
import type { ActionAgent } from '../talk/action-agent';
import type { InteractionReporter } from '../talk/interaction-reporter';
import { type Command, type CommandMatch, questionOf, rankedMatches, wordsOfAction } from './command-matches';
import type { TypedHistory } from './typed-history';

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
  readonly history: Pick<TypedHistory, 'add' | 'change' | 'find'>;
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
/** Longer than this without an answer, and typing feels slow. */
const PATIENCE_MS = 120;
/** A net may be trained on what was typed. Whoever typed it does not wait for that: it goes on by itself. */
const LEARNING_PATIENCE_MS = 300;

/**
 * What is typed instead of said: finds what is meant, does it, and learns from it. What was typed is on the page, in the
 * vault as part of the history and as learning data, and nowhere else.
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
    const short = text.slice(0, LONGEST_TYPED);
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
    const heardAt = this.#engine.clock.now();
    const run = await this.#perform({ id, text, target, confidence });
    const action = actionOf(run);
    const kept = text.slice(0, LONGEST_TYPED);
    await this.#with.history.add({ kind: 'typed', id, heardAt, text: kept, target, confidence, action });
    await this.#learn(text, intentOf(target));
    return run;
  }

  /** Takes back what a command caused, where that is possible. */
  async undo(run: CommandRun): Promise<CommandRun> {
    const { outcome } = run;
    if (outcome?.kind !== 'done' || outcome.undoToken === undefined) return run;
    await this.#with.actions.takeBack(outcome.undoToken);
    this.#with.reporter.undone(run.id);
    await this.#with.history.change(run.id, { action: { kind: 'undone' } });
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
    const { reporter, history } = this.#with;
    await this.undo(run);
    reporter.typedCorrected(run, target);
    await history.change(run.id, { correction: target ?? { kind: 'nothing' } });
    if (target === undefined) {
      const learnt = await this.#learn(run.text, NOTHING_MEANT);
      return learnt.ok ? ok(undefined) : learnt;
    }
    const corrected = await this.#perform({ id: run.id, text: run.text, target, confidence: 1 });
    await history.change(run.id, { target, action: actionOf(corrected) });
    await this.#learn(run.text, intentOf(target));
    return ok(corrected);
  }

  /**
   * The same of something in the history: what was meant is learnt, and nothing is done or taken back any more.
   *
   * @param target `undefined`: nothing there is was meant
   */
  async relabel(
    id: UtteranceId,
    target: CommandTarget | undefined,
  ): Promise<Result<void, LearningSystemError>> {
    const { reporter, history } = this.#with;
    const command = history.find(id);
    // It was cleared, or grew too old, while the question was open.
    if (command === undefined) return ok(undefined);
    const learnt = await this.#learn(command.text, target === undefined ? NOTHING_MEANT : intentOf(target));
    if (!learnt.ok) return learnt;
    reporter.typedCorrected(command, target);
    await history.change(id, { correction: target ?? { kind: 'nothing' } });
    return ok(undefined);
  }

  /** Does it and tells the learning system of it. */
  async #perform(asked: Omit<CommandRun, 'outcome'>): Promise<CommandRun> {
    const startedAt = this.#engine.clock.monotonic();
    const phrase = this.#phraseOf(asked.target);
    const outcome = phrase === undefined ? undefined : await this.#with.actions.perform(phrase);
    const run = { ...asked, outcome };
    this.#with.reporter.typed({
      id: asked.id,
      phraseId: phrase?.id,
      actionKind: phrase?.action.kind,
      outcome: actionOf(run),
      confidence: asked.confidence,
      durationMs: this.#engine.clock.monotonic() - startedAt,
    });
    return run;
  }

  /** Waits for it as long as learning without training takes. */
  async #learn(text: string, intent: string): Promise<Result<void, LearningSystemError>> {
    const { userId, learn, sessionId } = this.#with;
    const id = userId();
    if (id === undefined) return err({ kind: 'no-profile' });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goingOn = new Promise<Result<void, LearningSystemError>>((resolve) => {
      timer = setTimeout(() => resolve(ok(undefined)), LEARNING_PATIENCE_MS);
    });
    const learnt = learn({
      id: newId<LearningDataId>(),
      userId: id,
      agentId: AGENT,
      sessionId,
      dataType: TYPED_COMMAND_DATA,
      content: { text: text.slice(0, LONGEST_TYPED), intent },
      privacyLevel: 'private',
      qualityScore: 1,
      createdAt: this.#engine.clock.now(),
    });
    const result = await Promise.race([learnt, goingOn]);
    clearTimeout(timer);
    return result;
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

/** What the app does by itself is done when it is asked for. */
const actionOf = ({ target, outcome }: Pick<CommandRun, 'target' | 'outcome'>): ActionOutcome =>
  outcome ?? (target.kind === 'app' ? { kind: 'done', detail: '' } : { kind: 'not-run' });
