import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly cookie: string | undefined;
  readonly referrer: string | undefined;
}

/** Another origin that takes calls from pages, and remembers them, and who so much as connected. */
export class RecordingServer {
  readonly calls: Call[] = [];
  connections = 0;
  /** What it answers, whatever the path. */
  status = 200;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const cors = {
        'access-control-allow-origin': request.headers.origin ?? '*',
        'access-control-allow-headers': 'content-type',
        'access-control-allow-methods': 'POST',
      };
      if (request.method === 'OPTIONS') {
        response.writeHead(204, cors).end();
        return;
      }
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { cookie, referer: referrer } = request.headers;
        this.calls.push({
          method: request.method ?? '',
          path: request.url ?? '',
          body: Buffer.concat(parts).toString(),
          cookie,
          referrer,
        });
        response.writeHead(this.status, cors).end();
      });
    });
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  static async listen(port: number): Promise<RecordingServer> {
    const recording = new RecordingServer();
    await new Promise<void>((resolve, reject) => {
      recording.#server.once('error', reject);
      recording.#server.listen(port, '127.0.0.1', resolve);
    });
    return recording;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
