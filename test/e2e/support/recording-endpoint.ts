import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REPORTS_PATH } from '../../../src/insights/protocol/limits';

export interface Posted {
  readonly path: string;
  readonly body: string;
  readonly cookie: string | undefined;
  readonly referrer: string | undefined;
}

/** Takes reports as the endpoint does, and remembers who so much as connected. */
export class RecordingEndpoint {
  readonly posted: Posted[] = [];
  connections = 0;
  /** What it answers. */
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
        this.posted.push({
          path: request.url ?? '',
          body: Buffer.concat(parts).toString(),
          cookie,
          referrer,
        });
        response.writeHead(request.url === REPORTS_PATH ? this.status : 404, cors).end();
      });
    });
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  static async listen(port: number): Promise<RecordingEndpoint> {
    const endpoint = new RecordingEndpoint();
    await new Promise<void>((resolve, reject) => {
      endpoint.#server.once('error', reject);
      endpoint.#server.listen(port, '127.0.0.1', resolve);
    });
    return endpoint;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
