import { median } from '../../../bench/report';
import type { Lab } from './lab';

/** Something that goes wrong with somebody's device or data, and what must then still hold. */
export interface Fault {
  readonly title: string;
  /** What has to hold, as the closing table says it. */
  readonly target: string;
  /** How long a person may have to wait, as the median of the tries: other work of the machine is no fault. */
  readonly limitMs?: number;
  run(lab: Lab, tally: Tally): Promise<void>;
}

/** Counts tries and what each of them cost. */
export class Tally {
  tries = 0;
  survived = 0;
  /** Things that are gone, torn, accepted or deleted and should not be. */
  lost = 0;
  /** Waits that a person would have noticed. */
  readonly waitsMs: number[] = [];
  readonly problems: string[] = [];
  /** Why the fault could not be made here. */
  skipped: string | undefined;

  /** One try, with everything that was wrong about it. */
  tried(...problems: readonly string[]): void {
    this.tries += 1;
    if (problems.length === 0) this.survived += 1;
    this.lost += problems.length;
    this.problems.push(...problems);
  }

  /** One try that is fine when `isFine`. */
  expect(isFine: boolean, problem: string): void {
    if (isFine) this.tried();
    else this.tried(problem);
  }

  skip(reason: string): void {
    this.skipped = reason;
  }

  took(tookMs: number): void {
    this.waitsMs.push(tookMs);
  }

  /** A fault that was never tried has not been survived. */
  hasMet({ limitMs }: Fault): boolean {
    const isInTime = limitMs === undefined || median(this.waitsMs) < limitMs;
    return this.tries > 0 && this.survived === this.tries && this.lost === 0 && isInTime;
  }
}
