import * as v from 'valibot';

/** What we use of the Compose specification, and nothing beyond it: a word that is not here is a typing error. */
const duration = v.pipe(v.string(), v.regex(/^\d+(ms|s|m)$/));
const size = v.pipe(v.string(), v.regex(/^\d+[kmg]$/));

const Service = v.strictObject({
  build: v.exactOptional(v.strictObject({ context: v.string(), dockerfile: v.string(), target: v.string() })),
  // A tag, never "latest": the same file makes the same deployment.
  image: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z0-9/._-]+:\d[\w.-]*$/))),
  command: v.exactOptional(v.array(v.string())),
  environment: v.exactOptional(v.record(v.string(), v.string())),
  // On loopback: TLS is the business of what stands in front.
  ports: v.exactOptional(v.array(v.pipe(v.string(), v.regex(/^127\.0\.0\.1:\d+:\d+$/)))),
  volumes: v.exactOptional(v.array(v.pipe(v.string(), v.regex(/^[a-z]+:\//)))),
  networks: v.exactOptional(v.array(v.string())),
  depends_on: v.exactOptional(
    v.record(v.string(), v.strictObject({ condition: v.literal('service_healthy') })),
  ),
  healthcheck: v.exactOptional(
    v.strictObject({
      test: v.array(v.string()),
      interval: duration,
      timeout: duration,
      retries: v.pipe(v.number(), v.integer()),
    }),
  ),
  read_only: v.exactOptional(v.boolean()),
  tmpfs: v.exactOptional(v.array(v.string())),
  cap_drop: v.exactOptional(v.array(v.literal('ALL'))),
  security_opt: v.array(v.literal('no-new-privileges:true')),
  user: v.exactOptional(v.pipe(v.string(), v.regex(/^\d+:\d+$/))),
  mem_limit: v.exactOptional(size),
  shm_size: v.exactOptional(size),
  stop_grace_period: v.exactOptional(duration),
  restart: v.literal('unless-stopped'),
});

export const ComposeSchema = v.strictObject({
  name: v.string(),
  services: v.record(v.string(), Service),
  networks: v.record(v.string(), v.strictObject({ internal: v.exactOptional(v.boolean()) })),
  volumes: v.record(v.string(), v.strictObject({})),
});
