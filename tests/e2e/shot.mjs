// node shot.mjs out.png url width height [js] 
import { launch } from './browser/house.mjs';
const [,, out, url, w, h, js, name] = process.argv;
const { browser, close } = await launch(name || 'chromium');
const page = await browser.newPage();
page.on('console', m => console.log('console', m.type(), m.text()));
page.on('pageerror', e => console.log('pageerror', String(e)));
await page.setViewport({ width: +w, height: +h });
await page.goto(url, { waitUntil: 'load' });
await new Promise(r => setTimeout(r, 1500));
if (js) console.log(JSON.stringify(await page.evaluate(js)));
await new Promise(r => setTimeout(r, 700));
await page.screenshot({ path: out, fullPage: h === '0' });
await close();
