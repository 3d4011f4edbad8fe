import type { AdaptableSetting } from '../config/settings-layers';
import { err, ok, type Result } from '../core/result';
import type { Reason } from './adaptation';
import {
  type ActionChange,
  type AdaptationAction,
  AdaptationStrategy,
  type AppliedAction,
} from './adaptation-strategy';
import type { SettingsPort } from './settings-port';
import { METRICS, type MetricName } from './usage-evidence';

interface Proposal {
  readonly kind: string;
  readonly setting: AdaptableSetting;
  readonly to: string | number;
  readonly expectedImpact: number;
  readonly reason: Reason;
  readonly metric: MetricName;
}

/** A strategy that puts one value over one of the person's settings at a time, and takes it off again. */
export abstract class SettingsStrategy extends AdaptationStrategy {
  readonly #settings: SettingsPort;

  constructor(settings: SettingsPort) {
    super();
    this.#settings = settings;
  }

  protected read(setting: AdaptableSetting): unknown {
    return this.#settings.read(setting);
  }

  protected propose({ to, metric, ...action }: Proposal): AdaptationAction {
    return { ...action, parameters: { to }, metric: METRICS[metric] };
  }

  protected async applyAction(action: AdaptationAction): Promise<Result<ActionChange, string>> {
    const setting = action.setting as AdaptableSetting;
    const before = this.#settings.read(setting);
    const to = action.parameters['to'];
    if (!isPlain(before) || !isPlain(to)) return err(`nothing to put on ${setting}`);
    if (!this.#settings.put(setting, to)) return err(`${setting} cannot be ${to}`);
    return ok({ before: { value: before }, after: { value: to } });
  }

  /** What is over the person's own value is kept in the vault, not with the settings. */
  override resumeAction({ setting, after }: AppliedAction): boolean | Promise<boolean> {
    const to = after['value'];
    return isPlain(to) && this.#settings.put(setting as AdaptableSetting, to);
  }

  /** An earlier adaptation of the same setting may be what was there before. */
  protected async undoAction({ setting, before }: AppliedAction): Promise<Result<void, string>> {
    const path = setting as AdaptableSetting;
    this.#settings.takeOff(path);
    const value = before['value'];
    if (isPlain(value) && this.#settings.read(path) !== value) this.#settings.put(path, value);
    return ok(undefined);
  }
}

const isPlain = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';
