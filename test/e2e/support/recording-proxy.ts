import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';

export interface RecordingProxy {
  readonly address: string;
  /** Origins asked for so far, by page, workers, service worker and the browser itself. */
  readonly origins: readonly string[];
  /** Full addresses asked for, in order. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/**
 * A proxy on loopback that every request of the browser goes through and that writes down where to. Requests
 * to `allowed` are passed on; all others are refused, so that a test never reaches the network.
 */
export async function startRecordingProxy(allowed: () => string): Promise<RecordingProxy> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    requests.push(url);
    if (url.startsWith(allowed())) passOn(url, incoming, outgoing);
    else outgoing.writeHead(502).end();
  });
  // What is asked for over TLS shows only its host here, and is refused.
  server.on('connect', (incoming, socket) => {
    requests.push(`https://${incoming.url ?? ''}/`);
    socket.end('HTTP/1.1 502 Refused\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    get requests() {
      return requests;
    },
    get origins() {
      return [...new Set(requests.map((url) => new URL(url).origin))];
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function passOn(url: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const forwarded = httpRequest(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(forwarded);
}
