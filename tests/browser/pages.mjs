// Opens every page that links lead to, as each person, and looks at it: tests/browser/run starts the hub and gives one JSON argument
// {base, links: {role: address}, routes: [path], screenshots or "", chrome}. Prints one line a fault, last {"pages": n, "looked": n, "faults": n}.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { base, links, routes, screenshots, chrome, short } = JSON.parse(process.argv[2]);
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const kTags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
// Of one page (by its route) so many are opened: each company and each PC has the same page.
const kOfOneRoute = 3;
// What anybody may open; not all of it is answered with 200.
const kOpen = ["/sign-in", "/enter?key=nobody", "/set-up?key=nobody", "/nowhere"];

const faults = [], reached = new Set(), seenByAxe = new Set();
let looked = 0;
const fault = (where, what) => (faults.push(`${where}: ${what}`), console.log(`FAILED ${where}: ${what}`));

// "/c/yamada/people?x=1" -> the route of the table it is of, "" for none.
const routeOf = (path) => {
  const parts = path.split("?")[0].split("/");
  return routes.find((route) => {
    const wanted = route.split("/");
    return wanted.length === parts.length && wanted.every((part, i) => part === parts[i] || (/^\{.*\}$/.test(part) && parts[i] !== ""));
  }) ?? "";
};
const slug = (path) => path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "home";

async function open(browser, { width, js, lang, state }) {
  return browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: js, locale: lang === "ja" ? "ja-JP" : "en-US",
    viewport: { width, height: width < 500 ? 800 : 900 }, ...(state ? { storageState: state } : {}) });
}

async function signIn(browser, link) {
  const context = await open(browser, { width: 375, js: true, lang: "ja" });
  const page = await context.newPage();
  await page.goto(link);
  await page.click("main button");
  await page.waitForLoadState();
  if (new URL(page.url()).pathname.startsWith("/enter")) fault(link, "the link did not sign in");
  const state = await context.storageState();
  await context.close();
  return state;
}

async function look(page, where, path, { width, js, lang, role }) {
  const heard = [];
  const onConsole = (message) => {
    // A page that answers 404 is told on the console too.
    if (["error", "warning"].includes(message.type()) && !/Failed to load resource.*(40\d|42\d)/.test(message.text())) heard.push(`console: ${message.text()}`);
  };
  const onError = (error) => heard.push(`error: ${error.message}`);
  const onFailed = (request) => heard.push(`not loaded: ${request.url()}`);
  page.on("console", onConsole).on("pageerror", onError).on("requestfailed", onFailed);
  const reply = await page.goto(base + path, { waitUntil: "load" });
  looked++;
  if (role === "visitor" ? reply.status() >= 500 : reply.status() !== 200) fault(where, `status ${reply.status()}`);
  const html = (await page.content()).replace(/name="token" value="[^"]*"/g, "");
  const facts = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    widest: [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".wide, .hidden, .skip")).map((e) => e.tagName.toLowerCase() + "." + e.className).slice(0, 3),
    lang: document.documentElement.lang, h1: document.querySelectorAll("h1").length, title: document.title,
    links: [...document.querySelectorAll("a[href], area[href]")].map((a) => a.href),
    tags: document.querySelectorAll("script, [style], [onclick]").length }));
  if (width === 375 && facts.over > 0) fault(where, `${facts.over} px wider than the screen (${facts.widest})`);
  if (facts.lang !== lang) fault(where, `lang="${facts.lang}"`);
  if (facts.h1 !== 1) fault(where, `${facts.h1} h1`);
  if (!facts.title) fault(where, "no title");
  const key = createHash("sha256").update(html).digest("hex") + width;
  if (js && !seenByAxe.has(key)) {
    seenByAxe.add(key);
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), kTags);
    for (const one of found.violations) fault(where, `axe ${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 160)}`);
    if (screenshots) await page.screenshot({ path: `${screenshots}/${slug(path)}-${role}-${lang}-${width}.png`, fullPage: true });
  }
  page.off("console", onConsole).off("pageerror", onError).off("requestfailed", onFailed);
  for (const one of heard) fault(where, one);
  return facts.links;
}

// From `seeds` along every link of this hub.
async function crawl(browser, role, state, seeds, way) {
  const context = await open(browser, { ...way, state });
  const page = await context.newPage();
  const waiting = [...seeds], known = new Set(waiting), perRoute = new Map();
  const pages = [];
  while (waiting.length > 0) {
    const path = waiting.shift();
    const where = `${role} ${path} ${way.lang} ${way.width} ${way.js ? "with" : "without"} JavaScript`;
    const head = await context.request.get(base + path, { maxRedirects: 5 });
    const final = new URL(head.url());
    reached.add(routeOf(path)).add(routeOf(final.pathname));
    // A file to keep, not a page.
    if (!(head.headers()["content-type"] ?? "").startsWith("text/html") || (head.headers()["content-disposition"] ?? "").startsWith("attachment")) {
      if (head.status() !== 200) fault(where, `status ${head.status()}`);
      continue;
    }
    pages.push(path);
    for (const link of await look(page, where, path, { ...way, role })) {
      const url = new URL(link);
      if (url.origin !== base) continue;
      const next = url.pathname + url.search;
      const route = routeOf(url.pathname) + [...url.searchParams.keys()].sort();
      if (known.has(next) || (perRoute.get(route) ?? 0) >= kOfOneRoute) continue;
      known.add(next);
      perRoute.set(route, (perRoute.get(route) ?? 0) + 1);
      waiting.push(next);
    }
  }
  await context.close();
  return pages;
}

const browser = await chromium.launch({ executablePath: chrome, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const states = { visitor: undefined };
for (const [role, link] of Object.entries(links)) states[role] = await signIn(browser, link);
const pages = new Set();
// In short: each language, width and way once, not each with each.
const ways = short
  ? [{ lang: "ja", width: 375, js: false }, { lang: "en", width: 1280, js: true }]
  : ["ja", "en"].flatMap((lang) => [375, 1280].flatMap((width) => [true, false].map((js) => ({ lang, width, js }))));
for (const [role, state] of Object.entries(states))
  for (const way of ways) {
    const seeds = role === "visitor" ? kOpen : ["/"];
    for (const path of await crawl(browser, role, state, seeds, way)) pages.add(path);
  }
await browser.close();
for (const route of routes) if (!reached.has(route)) fault(route, "no link leads to this page");
console.log(JSON.stringify({ pages: pages.size, looked, axe: seenByAxe.size, faults: faults.length }));
process.exit(faults.length === 0 ? 0 : 1);
