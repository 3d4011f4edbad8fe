import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { periodKinds } from '../aggregate/periods';
import { type AggregatesSource, parsePeriodKind } from '../http/aggregates-source';
import { sendProblem } from '../http/problem';
import { dashboardPage, languageOf } from './page';

/** The estimates for people: plain HTML, made here, with no script and nothing from anybody else. */
export function dashboardRoutes(app: FastifyInstance, source: AggregatesSource): void {
  const styles = `${readAsset('tokens.css')}\n${readAsset('dashboard.css')}`;
  const icon = readAsset('icon.svg');
  app.get('/styles.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(styles),
  );
  app.get('/icon.svg', async (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  );
  app.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const { period = 'month', lang, ...others } = request.query;
    const kind = parsePeriodKind(period);
    if (kind === undefined || Object.keys(others).length > 0)
      return sendProblem(reply, 'bad-request', {
        detail: `the parameters are lang, and period, which is one of ${periodKinds.join(', ')}`,
      });
    const language = languageOf(lang, request.headers['accept-language']);
    // The page itself says when the numbers cannot be read.
    const aggregates = await source.get(kind).catch(() => undefined);
    return reply
      .code(aggregates === undefined ? 503 : 200)
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-cache', vary: 'accept-language', 'content-language': language })
      .send(dashboardPage(aggregates, kind, language));
  });
}

/** Beside the bundle, or where the source is. Colours, sizes and icon are those of the app. */
function readAsset(name: string): string {
  const places = [`./${name}`, `../../src/ui/styles/${name}`, `../../public/icons/${name}`];
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  if (found === undefined) throw new Error(`${name} is missing beside the endpoint`);
  return readFileSync(found, 'utf8');
}
