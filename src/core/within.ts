/** Settles like `work`, or resolves with `undefined` after `limitMs`; late results go to `onLate`. */
export async function within<T>(
  limitMs: number,
  work: Promise<T>,
  onLate?: (value: T) => void,
): Promise<{ readonly value: T } | undefined> {
  let isLate = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve(undefined);
    }, limitMs);
  });
  const watched = work.then((value) => {
    if (isLate) onLate?.(value);
    return { value };
  });
  try {
    return await Promise.race([watched, limit]);
  } finally {
    clearTimeout(timer);
    // After the limit nobody awaits `work` any more; a late failure says nothing new.
    watched.catch(() => undefined);
  }
}
