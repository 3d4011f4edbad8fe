import { readConfig } from './config';
import { startEndpoint } from './endpoint';
import { createLog } from './http/log';

/** `npm run server`: the endpoint of the insights that people choose to send. Settings come from the environment. */
const config = readConfig(process.env);
if (!config.ok) {
  process.stderr.write(
    `The endpoint cannot start:\n${config.error.problems.map((line) => `  ${line}\n`).join('')}`,
  );
  process.exit(2);
}

const log = createLog(config.value.logLevel);
try {
  const endpoint = await startEndpoint(config.value, log);
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      // Asked twice, it does not wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      void endpoint.stop().then(() => process.exit(0));
    });
} catch (error) {
  log.error({ err: error }, 'not started');
  process.stderr.write(
    `The endpoint cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
