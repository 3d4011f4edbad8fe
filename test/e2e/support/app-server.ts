import { preview } from 'vite';
import { readOperatorPolicy, securityHeaders } from '../../../scripts/security-headers';
import { connectOrigins } from '../../../src/config/policy';

export interface AppServer {
  readonly url: string;
  /**
   * From now on the operator's `policy.json` says this instead of what was built, to pages and to the service
   * worker alike. The headers stay: they follow the build.
   */
  setPolicy(policy: object): void;
  stop(): Promise<void>;
}

/** Serves a production build on loopback, with the headers of a deployment. */
export async function serveApp(outDir = 'dist-test', port = 0): Promise<AppServer> {
  const origins = connectOrigins(readOperatorPolicy(`${outDir}/policy.json`));
  let policy: object | undefined;
  const server = await preview({
    configFile: false,
    plugins: [
      {
        name: 'changed-policy',
        configurePreviewServer: ({ middlewares }) => {
          middlewares.use('/policy.json', (_request, response, next) => {
            if (policy === undefined) next();
            else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(policy));
          });
        },
      },
    ],
    logLevel: 'error',
    base: './',
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: port !== 0, headers: securityHeaders(origins) },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    setPolicy: (changed) => {
      policy = changed;
    },
    stop: async () => {
      // A browser keeps connections open; closing would wait for it.
      if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
      await server.close();
    },
  };
}
