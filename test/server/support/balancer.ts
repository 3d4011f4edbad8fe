import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';

/**
 * A small load balancer: passes requests on in turn, and where a replica does not answer at all, to the next one.
 * Tells replicas the address of who asked, as balancers do.
 */
export class Balancer {
  readonly #server: Server;
  readonly #replicas: readonly string[];
  #turn = 0;

  private constructor(replicas: readonly string[]) {
    this.#replicas = replicas;
    this.#server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        const first = this.#turn;
        this.#turn += 1;
        const pass = (tries: number): void => {
          const replica = this.#replicas[(first + tries) % this.#replicas.length] ?? '';
          const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress ?? '' };
          const passed = request(
            new URL(incoming.url ?? '/', replica),
            { method: incoming.method ?? 'GET', headers },
            (answer) => {
              outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
              answer.pipe(outgoing);
              answer.on('error', () => outgoing.destroy());
            },
          );
          passed.on('error', () => {
            if (outgoing.headersSent) outgoing.destroy();
            else if (tries + 1 < this.#replicas.length) pass(tries + 1);
            else outgoing.writeHead(502).end();
          });
          passed.end(body);
        };
        pass(0);
      });
    });
  }

  static async start(replicas: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer(replicas);
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the balancer listens');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
