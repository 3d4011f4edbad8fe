import { build } from 'vite';

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
  delete process.env['ECHO_OUT'];
  delete process.env['ECHO_POLICY'];
}
