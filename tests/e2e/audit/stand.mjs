// What the audits stand on: the demo server, pages of another origin that embed its panel, and how Chromium is started.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const packed = promisify(brotliCompress);

/** The real binary with its sample publishers. */
export async function startDemo() {
  const binary = process.env.AMTSTICKER_BIN;
  if (!binary) throw new Error('AMTSTICKER_BIN is not set: cargo xtask audit sets it');
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = line.match(/^listening on (http:\/\/\S+)/);
      if (said) resolve(said[1]);
    });
  });
  return { origin, stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }) };
}

/** Pages by path, each as what stands in its body, or as `{ type, text }`. */
export async function startPages(pages) {
  const bodies = {};
  for (const [path, page] of Object.entries(pages)) {
    const { type, text } = page.text === undefined ? { type: 'text/html', text: around(page) } : page;
    bodies[path] = { type, body: await packed(text) };
  }
  const server = createServer(({ url }, response) => {
    const page = bodies[new URL(url, 'http://host').pathname];
    if (!page) { response.writeHead(url === '/favicon.ico' ? 204 : 404).end(); return; }
    const { type, body } = page;
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'br', 'content-length': body.length, 'cache-control': 'no-store' }).end(body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

function around(body) {
  return `<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="Ein Intranet"><title>Intranet</title></head><body>${body}</body></html>`;
}
