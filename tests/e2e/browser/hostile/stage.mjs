// The stage for hostile content: an origin that publishes it, a trap that notes whoever asks it for anything, and the
// real binary that has visited the one and must never be sent to the other.

import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { DOCUMENTS, document } from './documents.mjs';
import { vectors } from './vectors.mjs';

/** A publisher whose own name is hostile: not everyone who edits a catalogue knows what may stand in it. */
const NAME = 'Amt „für“ <b>Recht</b> & &lt;Ordnung&gt; " onfocus=pwn(0) x="<img src=x onerror=pwn(0)>';

const listen = async (answer) => {
  const server = createServer(answer);
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
};

/** Everything; `caught()` gives what the trap noted since it was asked last. */
export async function stage() {
  let noted = [];
  const trap = await listen(({ url }, response) => {
    noted.push(url);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end(/^\/t\/(\d+)/.test(url) ? `pwn(${/\d+/.exec(url)[0]})` : '');
  });
  const all = vectors(trap.origin);
  const half = Math.ceil(all.length / 2);
  const halves = [all.slice(0, half), all.slice(half)];
  // Raw markup may eat what follows it, so few vectors share a document.
  const fours = Array.from({ length: Math.ceil(all.length / 4) }, (_, part) => all.slice(4 * part, 4 * part + 4));
  const split = (name) => (DOCUMENTS[name].few ? fours : halves);
  const asked = [];
  const origin = await listen(({ url }, response) => {
    asked.push(url);
    const [name, part] = url.slice(1).split('/');
    const inside = DOCUMENTS[name] && split(name)[part];
    if (!inside) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': DOCUMENTS[name].media }).end(document(name, inside));
  });
  const parts = (name) => [...split(name).keys()].map((part) => `${name}.${part}`);
  const folder = await mkdtemp(join(tmpdir(), 'amtsticker-e2e-'));
  await furnish(folder, origin.origin, Object.keys(DOCUMENTS).flatMap(parts));
  const binary = process.env.AMTSTICKER_BIN;
  if (!binary) throw new Error('AMTSTICKER_BIN is not set: cargo xtask e2e sets it');
  const own = ['--data', join(folder, 'data'), '--catalogue', join(folder, 'catalogue'), '--config', join(folder, 'amtsticker.toml')];
  const { stdout } = await promisify(execFile)(binary, ['poll', '--once', '--json', ...own], { maxBuffer: 1 << 26 });
  const serving = await serve(binary, own);
  return {
    vectors: all,
    /** Two lists of sources that together hold all vectors in this form. */
    halves: (name) => {
      const ids = parts(name);
      return [ids.slice(0, ids.length / 2).join(), ids.slice(ids.length / 2).join()];
    },
    trap: trap.origin,
    origin: serving.origin,
    asked,
    polled: JSON.parse(stdout.trim().split('\n').at(-1)),
    caught: () => { const caught = noted; noted = []; return caught; },
    stop: async () => {
      await serving.stop();
      await Promise.all([trap.stop(), origin.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function furnish(folder, origin, ids) {
  await mkdir(join(folder, 'catalogue/sources'), { recursive: true });
  await writeFile(join(folder, 'amtsticker.toml'), '[fetch]\nallow_private = ["127.0.0.0/8"]\nhost_gap = "0s"\nhost_concurrency = 8\n');
  const source = (id, [name, part] = id.split('.')) => `\n[[source]]\nid = "${id}"\nurl = "${origin}/${name}/${part}"\nenabled = true\nstatus = "V"\nevidence = "2026-11-01, a test"\n${DOCUMENTS[name].more ?? ''}\n`;
  await writeFile(join(folder, 'catalogue/sources/boese.toml'), `id = "boese"\nname = '''${NAME}'''\nhome = "https://boese.example/?a=1&b='2'"\nstates = ["HH"]\ntopics = []\nlicence = '''${NAME}'''\n${ids.map((id) => source(id)).join('')}`);
}

async function serve(binary, own) {
  const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', ...own], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => { log += chunk; });
  const origin = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = line.match(/^listening on (http:\/\/\S+)/);
      if (said) resolve(said[1]);
    });
  });
  return { origin, stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }) };
}
