import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/**
 * The endpoint as one file that Node runs, with its style sheets and icon beside it. Only the embedded database stays
 * outside: it is a native module.
 */
export async function buildServer(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg-native'] },
    build: {
      ssr: 'server/main.ts',
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'main.js' } },
    },
  });
  copyFileSync('src/ui/styles/tokens.css', join(outDir, 'tokens.css'));
  copyFileSync('public/icons/icon.svg', join(outDir, 'icon.svg'));
  copyFileSync('server/dashboard/dashboard.css', join(outDir, 'dashboard.css'));
  return join(outDir, 'main.js');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildServer(process.env['ECHO_OUT'] ?? 'dist-server');
