import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { chromium } from 'playwright';
import { createServer, type Plugin } from 'vite';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium';
import type { SentenceEncoder } from '../../src/behaviour/intent/sentence-encoder';

const PATH = '/hosted-model/';
/** Only what the page below asks for: nothing of the app is loaded. */
const PAGE = '<!doctype html><meta charset="utf-8"><title>bench</title>';

interface HostedModel {
  readonly encoder: SentenceEncoder;
  close(): Promise<void>;
}

/** The files of a text model as an operator hosts them, run as the app runs them: in Chromium, on WebAssembly. */
export async function openHostedModel(folder: string): Promise<HostedModel> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-bench',
    resolve: { alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web/wasm' } },
    optimizeDeps: { include: ['@huggingface/transformers'], entries: [] },
    plugins: [files(folder)],
    server: { host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string')
    throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags()] });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  const page = await browser.newPage();
  await page.goto(`${origin}${PATH}page.html`);
  // As text: what is named in it is for the page to find.
  const opened = (await page.evaluate(`(async () => {
    const { openHostedEncoder } = await import('/src/behaviour/intent/hosted-encoder.ts');
    const { onnxWasmPath } = await import('/src/behaviour/intent/onnx-wasm-path.ts');
    const wasm = new URL(onnxWasmPath, location.href).href;
    const opened = await openHostedEncoder({ folder: '${origin}${PATH}model/', wasm });
    if (!opened.ok) return opened.error.kind + ': ' + opened.error.detail;
    globalThis.encode = async (texts) => (await opened.value.encode(texts)).map((row) => [...row]);
    return { id: opened.value.id, dimensions: opened.value.dimensions };
  })()`)) as string | Pick<SentenceEncoder, 'id' | 'dimensions'>;
  if (typeof opened === 'string') {
    await close();
    throw new Error(`${folder}: ${opened}`);
  }
  const encode = async (texts: readonly string[]): Promise<readonly Float32Array[]> => {
    const rows = (await page.evaluate(`encode(${JSON.stringify(texts)})`)) as readonly (readonly number[])[];
    return rows.map((row) => Float32Array.from(row));
  };
  return { encoder: { ...opened, encode }, close };
}

function files(folder: string): Plugin {
  return {
    name: 'hosted-model',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        if (path === `${PATH}page.html`) {
          response.setHeader('content-type', 'text/html');
          response.end(PAGE);
        } else if (path.startsWith(`${PATH}model/`)) {
          const name = normalize(path.slice(`${PATH}model/`.length));
          try {
            response.end(readFileSync(join(folder, name)));
          } catch {
            response.statusCode = 404;
            response.end();
          }
        } else next();
      });
    },
  };
}
