export interface LockThief {
  /** Lets go of it, as a tab does that is closed. */
  end(): void;
}

/** Takes a lock as another tab does; resolves as soon as it has it. To the browser a worker is somebody of its own. */
export async function stealLock(name: string): Promise<LockThief> {
  const script = `
    navigator.locks.request(${JSON.stringify(name)}, { steal: true }, () => {
      postMessage('taken');
      return new Promise(() => {});
    });
  `;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
  URL.revokeObjectURL(url);
  return { end: () => worker.terminate() };
}
