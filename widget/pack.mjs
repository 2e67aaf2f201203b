// Trunk's hook after a build: makes of wasm-bindgen's output, loader and stylesheet what the server ships.
//
//   widget.js                 the loader with the stylesheet inside, under a name that stays
//   w/HASH/desk.js            what readers do, loaded after the first fragment, with what no first view needs of the styles
//   w/HASH/panel.js           the glue, minified, without what the widget never exports
//   w/HASH/panel_bg.wasm      the module, optimised
//   w/HASH/panel.css          the whole stylesheet for pages that link it
//   w/HASH/fira-sans-*.woff2  the font that pages may ask for, and its licence
//   sizes.json                what all this weighs, for the test that holds the budgets
//
// Each also as .br and .gz. HASH is over the contents, so those files never change and may be kept for ever.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const stage = process.env.TRUNK_STAGING_DIR;
if (!stage) throw new Error('TRUNK_STAGING_DIR is not set: pack.mjs runs as a hook of `trunk build`');

// What rustc has on by default since 1.87; after stripping, wasm-opt must be told. Not --all-features: that makes
// modules which browsers refuse.
const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'mutable-globals', 'multivalue', 'nontrapping-float-to-int',
  'reference-types', 'sign-ext'].map((name) => `--enable-${name}`);
const BUDGETS = { 'widget.js': 5, 'desk.js': 6, 'panel.js': 5, 'panel_bg.wasm': 90, 'panel.css': 3 };

const glue = await minifiedGlue(readFileSync(join(stage, 'widget.js'), 'utf8'));
const wasm = optimised(join(stage, 'widget_bg.wasm'), glue);
const styles = readFileSync(join(here, 'panel.css'), 'utf8');
const css = await minifiedCss(styles);
const [first, later] = await Promise.all(styles.split('/* Later */').map(minifiedCss));
const desk = (await transform(readFileSync(join(here, 'desk.js'), 'utf8'), {
  minify: true,
  target: 'es2022',
  define: { AT_LATER: JSON.stringify(later) },
})).code;
// The loader's own text goes in, too: its pinned address must not change its content.
const hash = createHash('sha256').update(glue).update(wasm).update(css).update(desk).update(readFileSync(join(here, 'loader.js'))).digest('hex').slice(0, 16);
const loader = (await transform(readFileSync(join(here, 'loader.js'), 'utf8'), {
  minify: true,
  target: 'es2022',
  define: { AT_CSS: JSON.stringify(first), AT_HASH: JSON.stringify(hash) },
})).code;

for (const name of ['widget.js', 'widget_bg.wasm', 'widget.d.ts', 'widget_bg.wasm.d.ts', 'snippets']) {
  rmSync(join(stage, name), { recursive: true, force: true });
}
const sizes = {};
put('widget.js', loader);
put(`w/${hash}/desk.js`, desk);
put(`w/${hash}/panel.js`, glue);
put(`w/${hash}/panel_bg.wasm`, wasm);
put(`w/${hash}/panel.css`, css);
const font = join(here, 'node_modules', '@fontsource', 'fira-sans');
for (const weight of [400, 600]) {
  copyFileSync(join(font, 'files', `fira-sans-latin-${weight}-normal.woff2`), join(stage, 'w', hash, `fira-sans-${weight}.woff2`));
}
copyFileSync(join(font, 'LICENSE'), join(stage, 'w', hash, 'fira-sans-licence.txt'));
const integrity = `sha384-${createHash('sha384').update(loader).digest('base64')}`;
writeFileSync(join(stage, 'sizes.json'), `${JSON.stringify({ hash, integrity, files: sizes }, null, 2)}\n`);
table();

async function minifiedCss(text) {
  return (await transform(text, { loader: 'css', minify: true })).code.trim();
}

/** The glue as one minified module with our exports only. leptos links wasm-streams, whose classes we never use. */
async function minifiedGlue(source) {
  const dir = mkdtempSync(join(tmpdir(), 'amtsticker-'));
  try {
    const lean = source
      .replace(/^if \(Symbol\.dispose\) IntoUnderlying.*\n/gm, '')
      .replaceAll('new FinalizationRegistry', '/* @__PURE__ */ new FinalizationRegistry');
    writeFileSync(join(dir, 'glue.js'), lean);
    writeFileSync(join(dir, 'entry.js'), "export { default, read } from './glue.js';\n");
    const result = await build({
      entryPoints: [join(dir, 'entry.js')], bundle: true, minify: true, format: 'esm', target: 'es2022',
      write: false, logLevel: 'error',
    });
    return result.outputFiles[0].text;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The module without what only dropped exports reached, as small as wasm-opt makes it. */
function optimised(file, glueText) {
  const dir = mkdtempSync(join(tmpdir(), 'amtsticker-'));
  const tool = (name, ...args) => execFileSync(join(here, 'node_modules', '.bin', name), [...FEATURES, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    const used = exportsOf(readFileSync(file)).filter((name) => new RegExp(`\\b${name}\\b`).test(glueText));
    const graph = [{ name: 'root', root: true, reaches: used.map((_, place) => `e${place}`) },
      ...used.map((name, place) => ({ name: `e${place}`, export: name }))];
    writeFileSync(join(dir, 'graph.json'), JSON.stringify(graph));
    tool('wasm-metadce', `--graph-file=${join(dir, 'graph.json')}`, file, '-o', join(dir, 'lean.wasm'));
    tool('wasm-opt', '-Oz', '--traps-never-happen', '--strip-debug', '--strip-producers', join(dir, 'lean.wasm'), '-o', join(dir, 'small.wasm'));
    return readFileSync(join(dir, 'small.wasm'));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function exportsOf(bytes) {
  return WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
}

function put(name, content) {
  const raw = Buffer.from(content);
  const br = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } });
  const gz = gzipSync(raw, { level: 9 });
  const path = join(stage, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, raw);
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
  sizes[name.split('/').pop()] = { raw: raw.length, gzip: gz.length, brotli: br.length };
}

function table() {
  const cell = (value) => String(value).padStart(9);
  console.log(`\nwidget ${hash}${''.padEnd(6)}${['raw', 'gzip', 'brotli', 'budget'].map(cell).join('')}`);
  for (const [name, { raw, gzip, brotli }] of Object.entries(sizes)) {
    const budget = BUDGETS[name] * 1024;
    const over = brotli > budget ? `  over by ${brotli - budget}` : '';
    console.log(`  ${name.padEnd(27)}${[raw, gzip, brotli, budget].map(cell).join('')}${over}`);
  }
}
