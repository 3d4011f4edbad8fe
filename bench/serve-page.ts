import { join } from 'node:path';
import { build, preview } from 'vite';

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** The engine on an empty page (`bench/latency/page.ts`), built as for production and served on loopback. */
export async function serveEnginePage(
  outDir: string,
  { port, headers = {} }: { readonly port: number; readonly headers?: Readonly<Record<string, string>> },
): Promise<ServedPage> {
  await build({
    configFile: false,
    root: 'bench/latency',
    base: './',
    publicDir: join(process.cwd(), 'public'),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: join(process.cwd(), outDir), emptyOutDir: true, target: 'es2022' },
  });
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: false, headers },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('the page is not served');
  return { url, close: () => server.close() };
}
