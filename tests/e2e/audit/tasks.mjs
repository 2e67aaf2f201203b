// The longest tasks of a page's own thread: for how long nobody is answered. For the audit; a busy machine is no mistake of a test.
//
// In milliseconds of processor time, without Chromium's brake: that one halts the thread by signals, whose own cost counts
// for as much as the task, and its clock goes on while other programs run. A processor four times slower takes four times
// as long; nothing else is in that number.

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** How much slower the machine is that may not be held up. */
export const SLOWER = 4;
/** The milliseconds for which it may not. */
export const LONGEST = 50;

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Opens `url` and waits until `done` says so in the page; gives the longest tasks until then and a little longer, in
    milliseconds of a processor that is SLOWER, with what they did most. */
export async function tasks(browser, url, done) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 900 });
  await page.tracing.start({ categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForFunction(done, { timeout: 60_000, polling: 100 });
  await pause(300);
  const { traceEvents: events } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
  await page.close();
  // The page's own thread is the one that laid out a document of our address.
  const committed = events.find(({ name, args }) => name === 'CommitLoad' && args.data?.url?.startsWith(url));
  const ours = events.filter(({ pid, tid, ts }) => pid === committed?.pid && tid === committed.tid && ts >= committed.ts);
  const held = ours.filter(({ name, tdur }) => name === 'RunTask' && tdur > 0).toSorted((a, b) => b.tdur - a.tdur).slice(0, 5);
  return held.map((task) => {
    const inside = ours.filter(({ ts, dur = 0, name }) => ts >= task.ts && ts + dur <= task.ts + task.dur && !/RunTask|Microtask|mojo/i.test(name));
    const [most] = inside.filter(({ tdur }) => tdur > 0).toSorted((a, b) => b.tdur - a.tdur);
    return { time: SLOWER * task.tdur / 1000, what: most ? most.name : 'script' };
  });
}

/** How long a task may take beside an empty page's longest: a machine that is slow with everything today may take longer. */
export const bound = (empty) => Math.max(LONGEST, 3 * empty);
