import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';

export type Log = FastifyBaseLogger;

/**
 * One JSON object a line. There are no serialisers for requests: nothing logs one, so that no address, header or
 * body can get in.
 *
 * @param write where the lines go; standard output when left out
 */
export function createLog(
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent',
  write?: (line: string) => void,
): Log {
  const options = {
    level,
    // The name of the machine and of the process say nothing that the container does not.
    base: { service: 'claude-echo-endpoint' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      // Messages of the database driver name hosts and may quote values; the kind is enough to act on.
      err: (error: unknown) => errorKind(error),
    },
  };
  return write === undefined ? pino(options) : pino(options, { write });
}

/** Kind and place, never the message. */
function errorKind(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    at: frames.slice(0, 4).map((line) => line.trim()),
  };
}
