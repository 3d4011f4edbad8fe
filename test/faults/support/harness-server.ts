import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, preview } from 'vite';

const ROOT = 'test/faults/harness';
const OUT = 'dist-faults';

/** Builds the pages that faults are made on, and serves them from one origin for the whole run. */
export async function serveHarness(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  await build({
    configFile: false,
    root: ROOT,
    base: './',
    publicDir: resolve('public'),
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: resolve(OUT),
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: {
        input: ['index.html', 'blank.html', 'echo.html'].map((page) => join(ROOT, page)),
      },
    },
  });
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir: OUT },
    preview: { host: '127.0.0.1', port: 4794, strictPort: false },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('the harness is not served');
  return {
    url,
    stop: async () => {
      // A browser that was killed leaves connections open; closing would wait for them.
      if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
      await server.close();
      rmSync(OUT, { recursive: true, force: true });
    },
  };
}
