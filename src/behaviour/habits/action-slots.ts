import { assert } from '../../core/assert';

/** Every action by its slot, and the slots in the order in which they were used, the last first. */
export interface SavedSlots {
  readonly actions: readonly string[];
  readonly recent: readonly number[];
}

/** `isTakenOver`: the slot was another action's until now, which is forgotten. */
export interface UsedSlot {
  readonly slot: number;
  readonly isTakenOver: boolean;
}

/**
 * Gives every action that is known a small number, so that what is learnt about it fits into plain arrays. There are
 * only so many: when all are taken, the action done longest ago loses its own to the next new one.
 */
export class ActionSlots {
  readonly #capacity: number;
  readonly #byAction = new Map<string, number>();
  readonly #actions: string[] = [];
  readonly #recent: number[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get count(): number {
    return this.#actions.length;
  }

  /** Slots, the one used last first. */
  get recent(): readonly number[] {
    return this.#recent;
  }

  find(action: string): number | undefined {
    return this.#byAction.get(action);
  }

  actionOf(slot: number): string {
    const action = this.#actions[slot];
    assert(action !== undefined, 'the slot is taken', slot);
    return action;
  }

  /** The action is done: its slot moves to the front. */
  use(action: string): UsedSlot {
    const known = this.#byAction.get(action);
    if (known !== undefined) {
      this.#recent.splice(this.#recent.indexOf(known), 1);
      this.#recent.unshift(known);
      return { slot: known, isTakenOver: false };
    }
    const isTakenOver = this.#actions.length >= this.#capacity;
    const slot = (isTakenOver ? this.#recent.pop() : undefined) ?? this.#actions.length;
    if (isTakenOver) this.#byAction.delete(this.actionOf(slot));
    this.#actions[slot] = action;
    this.#byAction.set(action, slot);
    this.#recent.unshift(slot);
    return { slot, isTakenOver };
  }

  save(): SavedSlots {
    return { actions: [...this.#actions], recent: [...this.#recent] };
  }

  /** @throws TypeError when it is no such thing */
  restore({ actions, recent }: SavedSlots): void {
    const isWhole =
      actions.length <= this.#capacity &&
      new Set(actions).size === actions.length &&
      recent.length === actions.length &&
      new Set(recent).size === recent.length &&
      recent.every((slot) => slot < actions.length);
    if (!isWhole) throw new TypeError('actions and their order do not belong together');
    this.#actions.splice(0, this.#actions.length, ...actions);
    this.#recent.splice(0, this.#recent.length, ...recent);
    this.#byAction.clear();
    for (const [slot, action] of actions.entries()) this.#byAction.set(action, slot);
  }
}
