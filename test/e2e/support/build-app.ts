import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { tinyEncoder } from '../../support/tiny-encoder';

/**
 * One production build for every end-to-end test, and one whose operator allows a webhook origin and names an
 * endpoint for insights.
 */
export default async function buildApp(): Promise<void> {
  const builds = [
    { out: 'dist-test', policy: 'public/policy.json' },
    { out: 'dist-test-webhook', policy: 'test/fixtures/policy-webhook.json' },
  ];
  for (const { out, policy } of builds) {
    process.env['ECHO_OUT'] = out;
    process.env['ECHO_POLICY'] = policy;
    await build({ logLevel: 'error', configFile: 'vite.config.ts' });
  }
  // No policy of these builds names it: a test that needs a hosted text model does.
  for (const [name, bytes] of Object.entries(tinyEncoder())) {
    const file = join('dist-test', 'models', 'tiny', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  delete process.env['ECHO_OUT'];
  delete process.env['ECHO_POLICY'];
}
