import { build, preview } from 'vite';

/** `npm start`: a production build, served on this machine only, with the headers a deployment would set. */
const port = Number(process.env['PORT'] ?? 4173);

await build({ logLevel: 'warn' });
const server = await preview({
  preview: { host: '127.0.0.1', port, strictPort: process.env['PORT'] !== undefined },
});
// By name: browsers give a page at a bare IP address no passkeys.
const address = (server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${port}/`).replace(
  '127.0.0.1',
  'localhost',
);
console.log(
  `\nClaude Echo is ready: ${address}\nStop it with Ctrl+C. Once opened, it also works without this server.\n`,
);
