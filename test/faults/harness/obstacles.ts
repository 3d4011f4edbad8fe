import type { Result } from '../../../src/core/result';
import { scratchDatabaseName } from '../../../src/vault/log-folding';
import { keysOf, learningOf } from '../../browser/vault/raw-store';

/** Puts something in the way; the answer takes it away again. */
type Obstacle = () => Promise<() => Promise<void>>;

/** Ways in which the browser does not open the two databases of a vault. */
export function obstaclesFor(vault: string) {
  const original = IDBFactory.prototype.open;
  const isOurs = (name: string) => name === keysOf(vault) || name === learningOf(vault);
  const replaceOpen = (
    replacement: (this: IDBFactory, name: string, version?: number) => IDBOpenDBRequest,
  ) => {
    IDBFactory.prototype.open = function (name, version) {
      return isOurs(name) ? replacement.call(this, name, version) : original.call(this, name, version);
    };
    return async () => {
      IDBFactory.prototype.open = original;
    };
  };

  const throws: Obstacle = async () =>
    replaceOpen(() => {
      throw new DOMException('access to the store is denied', 'SecurityError');
    });

  /** What Chromium answers when the files of the database are damaged. */
  const fails: Obstacle = async () =>
    replaceOpen(() => failing(new DOMException('Internal error opening backing store', 'UnknownError')));

  const aborts: Obstacle = async () =>
    replaceOpen(() => failing(new DOMException('the open was interrupted', 'AbortError')));

  /** A newer version of the app was here. */
  const newer: Obstacle = async () => {
    (await opened(original.call(indexedDB, learningOf(vault), 990))).close();
    return async () => undefined;
  };

  /**
   * Somebody holds an older version of the store and does not let go, so that it cannot be upgraded: only where
   * the older version is, that is a vault that `startOldApp` made.
   */
  const blocked: Obstacle = async () => {
    const held = await opened(original.call(indexedDB, learningOf(vault)));
    return async () => held.close();
  };

  /** Counts from now on whatever would take data away. */
  function countDeletes(): () => number {
    let deletes = 0;
    const counted = <T extends object>(prototype: T, method: keyof T) => {
      const call = prototype[method] as unknown as (...given: unknown[]) => unknown;
      Object.assign(prototype, {
        [method](this: T, ...given: unknown[]) {
          if (given[0] !== scratchDatabaseName(vault)) deletes += 1;
          return call.apply(this, given);
        },
      });
    };
    counted(IDBFactory.prototype, 'deleteDatabase');
    counted(IDBObjectStore.prototype, 'clear');
    counted(IDBObjectStore.prototype, 'delete');
    counted(IDBCursor.prototype, 'delete');
    return () => deletes;
  }

  /** What a call answered, in a word; `nothing` when it did not answer in time. */
  async function within<T, E extends { readonly kind: string }>(
    limitMs: number,
    call: Promise<Result<T, E>>,
  ): Promise<string> {
    const late = new Promise<'nothing'>((resolve) => setTimeout(() => resolve('nothing'), limitMs));
    const answer = await Promise.race([call, late]);
    if (answer === 'nothing') return answer;
    return answer.ok ? 'ok' : answer.error.kind;
  }

  return { throws, fails, aborts, newer, blocked, countDeletes, within };
}

const opened = (request: IDBOpenDBRequest): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A request that fails as soon as somebody listens. */
function failing(error: DOMException): IDBOpenDBRequest {
  const request = new EventTarget();
  Object.assign(request, { result: undefined, error, transaction: null, readyState: 'done' });
  setTimeout(() => {
    const event = new Event('error', { bubbles: true, cancelable: true });
    const { onerror } = request as IDBOpenDBRequest;
    request.dispatchEvent(event);
    onerror?.call(request as IDBOpenDBRequest, event);
  });
  return request as IDBOpenDBRequest;
}
