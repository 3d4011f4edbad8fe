import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { contentSecurityPolicy, readOperatorPolicy, securityHeaders } from './scripts/security-headers';
import { connectOrigins } from './src/config/policy';

const policyFile = process.env['ECHO_POLICY'] ?? 'public/policy.json';
const policy = readOperatorPolicy(policyFile);

/** For hosts that cannot set headers, the content security policy is in the page as well. */
function policyInPage(): Plugin {
  return {
    name: 'claude-echo:policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          content: contentSecurityPolicy(connectOrigins(policy), true),
        },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'policy.json',
        source: `${JSON.stringify(policy, null, 2)}\n`,
      });
    },
  };
}

export default defineConfig({
  // Relative, so that the same build works at the root of a host and in a folder of one.
  base: './',
  plugins: [
    react(),
    policyInPage(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: {
        id: './',
        name: 'Claude Echo',
        short_name: 'Echo',
        description: 'Learns your voice on your own device. Nothing leaves it.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#faf9f7',
        theme_color: '#0f5c5c',
        categories: ['accessibility', 'productivity', 'utilities'],
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
        shortcuts: [
          { name: 'Teach a phrase', url: './#/phrases/new' },
          { name: 'Notes', url: './#/you' },
        ],
      },
      injectManifest: {
        // One classic script: module service workers are not everywhere.
        rollupFormat: 'iife',
        globPatterns: ['**/*.{js,css,html,svg,png,wasm,flac,bin}', 'samples/samples.json'],
        // Threads are switched off: their blob workers would break the content security policy.
        // transformers.js is downloaded only where the operator hosts a model.
        globIgnores: ['**/*threaded*', '**/hosted-encoder-*', 'policy.json'],
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      },
    }),
  ],
  // transformers.js takes the build of onnxruntime for graphics cards, twice as large; ours runs on WebAssembly alone.
  resolve: { alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web/wasm' } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: process.env['ECHO_OUT'] ?? 'dist',
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
  },
  preview: { headers: securityHeaders(connectOrigins(policy)) },
});
