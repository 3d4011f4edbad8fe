import { pathToFileURL } from 'node:url';
import { connectOrigins } from '../src/config/policy';
import { readOperatorPolicy, securityHeaders } from './security-headers';

/**
 * What a host of the app has to be told, in the language of each kind of host, always from the same headers. The
 * committed files in `server/deploy/static` are these for the policy as it comes; a test keeps them in step.
 * `npx tsx scripts/static-hosting.ts nginx [policy.json]` prints one for a policy of yours.
 */

const KEPT = 'public, max-age=31536000, immutable';
const ASKED = 'no-cache';

/** What servers do not know by themselves. */
const TYPES = { webmanifest: 'application/manifest+json', flac: 'audio/flac' } as const;

export interface NginxSite {
  /** Directives that say where to listen and under which name, one a line. */
  readonly listen: readonly string[];
  /** Folder with the built app. */
  readonly root: string;
}

const TLS_SITE: NginxSite = {
  listen: [
    'listen 443 ssl;',
    'server_name echo.example.org;',
    'ssl_certificate     /etc/ssl/echo.pem;',
    'ssl_certificate_key /etc/ssl/echo.key;',
  ],
  root: '/srv/echo',
};

const CONTAINER_SITE: NginxSite = { listen: ['listen 8080;', 'server_tokens off;'], root: '/srv/echo' };

const canonicalName = (header: string): string =>
  header.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());

/** Goes into the `http` block, as files of `conf.d` do. */
export function nginxSite(headers: Readonly<Record<string, string>>, { listen, root }: NginxSite): string {
  const added = Object.entries(headers).map(
    ([name, value]) => `    add_header ${canonicalName(name)} "${value}" always;`,
  );
  const types = Object.entries(TYPES).map(([extension, type]) => `        ${type} ${extension};`);
  return `map $uri $echo_cache {
    default      "${ASKED}";
    ~*/assets/   "${KEPT}";
}

server {
${listen.map((line) => `    ${line}`).join('\n')}

    root ${root};
    index index.html;
    include mime.types;
    types {
${types.join('\n')}
    }
    gzip on;
    gzip_types text/css application/javascript application/json application/wasm image/svg+xml ${TYPES.webmanifest};

    # All in one place: an add_header in a location would drop the ones from here. The first without "always":
    # a missing file must not be remembered for a year.
    add_header Cache-Control $echo_cache;
${added.join('\n')}

    location / {
        try_files $uri $uri/ =404;
    }
}
`;
}

export function caddySite(headers: Readonly<Record<string, string>>): string {
  const added = Object.entries(headers).map(([name, value]) => `\t\t${canonicalName(name)} "${value}"`);
  return `echo.example.org {
	root * /srv/echo
	encode zstd gzip
	file_server

	# Only what is there: a missing file must not be remembered for a year.
	@kept {
		path */assets/*
		file
	}
	@asked not path */assets/*
	header @kept Cache-Control "${KEPT}"
	header @asked Cache-Control "${ASKED}"
	@manifest path *.webmanifest
	header @manifest Content-Type "${TYPES.webmanifest}"
	header {
${added.join('\n')}
	}
}
`;
}

/**
 * For storage that serves files as it was told when they were put there: what to set on each, in this order, the
 * last that fits. Headers beyond these are set where the network in front of the storage sets them.
 */
export function objectStorage(headers: Readonly<Record<string, string>>): string {
  return `${JSON.stringify(
    {
      files: [
        { match: '*', 'Cache-Control': ASKED },
        { match: 'assets/*', 'Cache-Control': KEPT },
        { match: '*.wasm', 'Content-Type': 'application/wasm' },
        ...Object.entries(TYPES).map(([extension, type]) => ({
          match: `*.${extension}`,
          'Content-Type': type,
        })),
      ],
      uploadOrder: ['assets/*', '*', 'index.html', 'service-worker.js'],
      responseHeaders: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [canonicalName(name), value]),
      ),
    },
    null,
    2,
  )}\n`;
}

export const recipes = {
  nginx: (headers) => nginxSite(headers, TLS_SITE),
  'nginx-container': (headers) => nginxSite(headers, CONTAINER_SITE),
  caddy: caddySite,
  'object-storage': objectStorage,
} as const satisfies Record<string, (headers: Readonly<Record<string, string>>) => string>;

const isRecipe = (name: string | undefined): name is keyof typeof recipes =>
  name !== undefined && name in recipes;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , recipe, policyFile = 'public/policy.json'] = process.argv;
  if (!isRecipe(recipe)) {
    console.error(`Usage: npx tsx scripts/static-hosting.ts ${Object.keys(recipes).join('|')} [policy.json]`);
    process.exit(2);
  }
  const headers = securityHeaders(connectOrigins(readOperatorPolicy(policyFile)));
  process.stdout.write(recipes[recipe](headers));
}
