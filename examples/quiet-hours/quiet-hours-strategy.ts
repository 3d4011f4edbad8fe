import {
  type ActionChange,
  type AdaptationAction,
  AdaptationStrategy,
  err,
  ok,
  type Result,
} from '../../src/sdk';

/** What the strategy may see and change; whoever registers it provides this. */
export interface QuietHoursPorts {
  /** How sure it is that now is a quiet hour, in [0, 1]; 0 when it is not one. */
  quietConfidence(): Promise<number>;
  /** Loudness of what Echo speaks, in [0, 1]. */
  volume(): number;
  setVolume(volume: number): void;
}

const KIND = 'speak-softly';
const SOFT_VOLUME = 0.4;

/** Speaks softly in the hours in which the person usually leaves Echo alone. */
export class QuietHoursStrategy extends AdaptationStrategy {
  readonly name = 'quiet-hours';
  readonly type = 'performance-optimization';
  readonly description = 'Speaks softly in quiet hours';
  readonly #ports: QuietHoursPorts;

  constructor(ports: QuietHoursPorts) {
    super();
    this.#ports = ports;
  }

  analyzeApplicability(): Promise<number> {
    return this.#ports.quietConfidence();
  }

  /** Nothing when it is soft already: an adaptation that changes nothing would only be noise. */
  generateActions(): readonly AdaptationAction[] {
    if (this.#ports.volume() <= SOFT_VOLUME) return [];
    return [{ kind: KIND, parameters: { volume: SOFT_VOLUME }, expectedImpact: 0.2 }];
  }

  protected async applyAction({ kind, parameters }: AdaptationAction): Promise<Result<ActionChange, string>> {
    const { volume } = parameters;
    if (kind !== KIND || typeof volume !== 'number') return err(`not an action of ${this.name}`);
    const before = { volume: this.#ports.volume() };
    this.#ports.setVolume(volume);
    return ok({ before, after: { volume } });
  }

  /** Puts back the volume there was; what the person set meanwhile stays. */
  protected async undoAction({
    before,
    after,
  }: AdaptationAction & ActionChange): Promise<Result<void, string>> {
    const { volume } = before;
    if (typeof volume !== 'number') return err('the volume before is not known');
    if (this.#ports.volume() === after['volume']) this.#ports.setVolume(volume);
    return ok(undefined);
  }
}
