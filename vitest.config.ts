import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, ensureChromium, SOFTWARE_GPU_FLAGS } from './scripts/chromium';

/** These replace parts of tfjs, of which a thread has one. */
const BREAKS_BACKENDS = ['test/unit/compute/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/{unit,conformance}/**/*.test.ts'],
          exclude: BREAKS_BACKENDS,
          environment: 'node',
          testTimeout: 20_000,
          // Nothing here leaves anything behind, and starting anew for every file takes longer than most files do.
          isolate: false,
        },
      },
      {
        test: {
          name: 'compute',
          include: BREAKS_BACKENDS,
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          environment: 'node',
          globalSetup: 'test/server/support/services.ts',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web/wasm' } },
        // Found late, a dependency makes Vite reload the page in the middle of a test.
        optimizeDeps: {
          include: [
            '@huggingface/transformers',
            '@msgpack/msgpack',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgl',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-core',
            'comlink',
            'dexie',
            'fast-check',
            'hash-wasm',
            'valibot',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: ensureChromium(),
                args: [...chromiumFlags(), ...SOFTWARE_GPU_FLAGS],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
