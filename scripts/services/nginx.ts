import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nginxSite } from '../static-hosting';
import { ensureProgram, onPath } from './debian-packages';
import { endService, eventually, freePort, spawnService, temporaryFolder } from './loopback-service';
import type { Unavailable } from './postgres';

/** The nginx recipe, in a real nginx on loopback. */
export interface NginxService {
  readonly kind: 'running';
  readonly url: string;
  stop(): Promise<void>;
}

const MIME_TYPES = '/etc/nginx/mime.types';

/** @param root folder with the built app, absolute */
export async function startNginx(
  root: string,
  headers: Readonly<Record<string, string>>,
): Promise<NginxService | Unavailable> {
  const program = ensureProgram('nginx', () => onPath('nginx') ?? onPath('/usr/sbin/nginx'));
  if (program.kind === 'missing') return { kind: 'unavailable', reason: program.reason };
  const folder = temporaryFolder('nginx', undefined);
  const port = await freePort();
  const site = nginxSite(headers, { listen: [`listen 127.0.0.1:${port};`], root });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
events { worker_connections 128; }
http {
access_log off;
${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
${site.replace('include mime.types;', `include ${MIME_TYPES};`)}
}
`,
  );
  const child = spawnService(program.path, ['-p', folder, '-e', `${folder}/error.log`, '-c', 'nginx.conf'], {
    cwd: folder,
  });
  // By name: Chromium counts a bare address as secure, too, but passkeys need a name.
  const url = `http://localhost:${port}/`;
  await eventually(async () => {
    if (!(await fetch(`http://127.0.0.1:${port}/`)).ok) throw new Error('nginx does not serve the app');
  });
  return {
    kind: 'running',
    url,
    stop: async () => {
      await endService(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
