// Every page that a role may open, found by the table of routes: accessible, light, within the width of a phone, and without a word that is
// not meant for a reader. Each page is seen in two ways that differ in everything: language, light or dark, desktop or phone; in all eight
// with KEZHANG_ALL_WAYS=1. A new page whose parameters are unknown here fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { place } from "../e2e/lib.mjs";
import { accessibilityFaults, page, root, signIn } from "./browser.mjs";
import { Client } from "./client.mjs";
import { ROLES, ROUTES, allowed, path } from "./routes.mjs";
import { stage } from "./stage.mjs";

const PAGE_BYTES = 100 << 10, PHONE = 390, DESKTOP = 1280, HEIGHT = 900;
const LEDGER = "reward_claim", PERIOD = "2020H1", TODAY = "2020-07-06";
const LANGUAGES = ["zh-CN", "en"], SCHEMES = ["light", "dark"], WIDTHS = [DESKTOP, PHONE];
const WAYS = LANGUAGES.flatMap((language) => SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ language, scheme, width }))));

/* Whoever opens a page first stands first; the desk is opened as everybody. */
const OPENERS = ["clerk", "director", "system_admin", "security_admin", "audit_admin", ...ROLES.keys()];
const OF_EACH = ["/"];
/* What is no page: files, parts of pages, what leads elsewhere. */
const NO_PAGE = [/^\/api\/v1\//, /^\/static\//, /^\/(healthz|metrics|logout)$/, /\{(format|file|hash|lang)\}/, /\/(template|options|commented|corrected|proof)$/,
  /\/(light|preview)$/, /^\/reports\/drafts\/\{draft\}\/figures$/];

/* Latin words that a Chinese page may show: kinds of file, names of things, and what people typed. */
const LATIN = new Set(["xlsx", "xls", "csv", "docx", "doc", "txt", "html", "pdf", "md", "json", "zip", "kezhang", "token", "excel", "root", "english",
  ...[...ROLES.keys()].flatMap((role) => role.split("_"))]);
const RAW = /\{\{|\}\}|\[\[|\]\]|\bundefined\b|\bNaN\b|\[object|\(null\)/;

const { server, chrome } = await stage({ environment: { KEZHANG_TODAY: TODAY } });
const windows = new Map(), people = new Map(), filled = {};

const loginOf = (role) => role.replaceAll("_", "-");

async function signedIn(role) {
  const client = new Client(server.address), person = await server.person(loginOf(role), role, [], "温如玉");
  people.set(role, { person });
  await client.signIn(person);
  return client;
}

async function upload(client, address, text, name) {
  const body = new FormData();
  body.set("file", new Blob([text]), name);
  const answer = await client.send("POST", address, { body, headers: { "X-CSRF-Token": client.csrf } });
  assert.equal(answer.status, 303, address);
  return answer.headers.get("location");
}

async function settle(client, address) {
  while (/<progress/.test((await client.get(address)).text)) await new Promise((resolve) => setTimeout(resolve, 100));
}

/* Something of every kind that a path can name. */
async function fill(clerk) {
  const found = await clerk.json("GET", `/api/v1/ledgers/${LEDGER}/records?state=draft&state=submitted&rows=1`);
  const { id, state } = found.body.records[0];
  server.command("report", "half_year_summary", "--period", PERIOD, "--issue", "--out", place("issue"));
  await clerk.get("/");
  const draft = (await clerk.post("/reports/half_year_summary/drafts", { period: PERIOD })).headers.get("location");
  const importing = await upload(clerk, "/ledgers/enterprise/import", "统一社会信用代码,企业名称\n91349901MA2000501K,青禾新芽农业科技有限公司\n1,坏行\n", "名录.csv");
  await clerk.post(`${importing}/try`, {});
  await settle(clerk, importing);
  const taken = await upload(clerk, "/ledgers/enterprise/import", "统一社会信用代码,企业名称\n91349901MA2000502X,青禾新叶农业科技有限公司\n", "第二批.csv");
  for (const act of ["try", "take"]) {
    await clerk.post(`${taken}/${act}`, {});
    await settle(clerk, taken);
  }
  const check = (await clerk.post("/check", { text: readFileSync(join(root, "demo/draft-summary.txt"), "utf8"), period: PERIOD })).headers.get("location");
  const batch = (await clerk.get("/imports")).text.match(/\/imports\/(\d+)/)[1];
  Object.assign(filled, {
    ledger: LEDGER, indicator: "achievements_registered", report: "half_year_summary", board: "cockpit", picture: "1", issue: "1",
    draft: draft.match(/\d+$/)[0], block: "1", check: check.split("/").pop(), transition: state === "draft" ? "submit" : "accept", version: "1",
    login: loginOf("clerk"), id: String(id), job: importing.match(/\d+$/)[0], batch,
  });
}

before(async () => {
  for (const role of new Set(OPENERS)) {
    const client = await signedIn(role);
    if (role === "clerk") await fill(client);
  }
});

/* A window of somebody that is seen one way; his session is shared, as a browser's windows share it. */
async function windowOf(role, { language, scheme, width }) {
  const key = [role, language, scheme, width].join(" ");
  if (windows.has(key)) return windows.get(key);
  const view = await page(chrome, server.address, { language, width, height: HEIGHT, dark: scheme === "dark" });
  const { person, cookies } = people.get(role) ?? {};
  if (cookies) await view.context().addCookies(cookies);
  else if (role) {
    await signIn(view, person);
    people.get(role).cookies = await view.context().cookies();
  }
  windows.set(key, view);
  return view;
}

function address(route) {
  const values = { ...filled };
  if (/^\/jobs\/|\/import\/\{id\}/.test(route.pattern)) Object.assign(values, { id: filled.job, ledger: "enterprise" });
  if (route.pattern.startsWith("/imports/")) values.id = filled.batch;
  for (const [, name] of route.pattern.matchAll(/\{(\w+)\}/g)) assert.ok(values[name], `${route.name}: say what {${name}} is`);
  const figure = /\/(figure|drift)$/.test(route.pattern) ? `&name=${filled.indicator}` : "";
  return `${path(route, values)}?period=${PERIOD}${figure}`;
}

/* What a reader sees: without code, and without what was filled into fields. */
const words = (view) => view.evaluate(() => {
  const body = document.body.cloneNode(true);
  for (const one of body.querySelectorAll("script, noscript, style, code, pre, kbd, textarea, input, svg")) one.remove();
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) found.push(texts.currentNode.data);
  return found.join(" ");
});

function judgeWords(text, language) {
  const wrong = [];
  if (RAW.test(text)) wrong.push(`raw: ${text.match(RAW)[0]}`);
  const names = (text.match(/\b[a-z]+(_[a-z0-9]+)+\b/g) ?? []);
  if (names.length) wrong.push(`names of the program: ${[...new Set(names)].join(" ")}`);
  if (language === "en") return wrong;
  const latin = (text.match(/(?<![\w./@-])[A-Za-z]?[a-z]{2,}(?![\w@])/g) ?? []).filter((word) => !LATIN.has(word.toLowerCase()));
  if (latin.length) wrong.push(`not Chinese: ${[...new Set(latin)].slice(0, 12).join(" ")}`);
  return wrong;
}

/* The page of the interface for programs shows their names of things; a checked text has the rows of its numbers with it. */
const OWN_WORDS = ["/api"], WEIGHTS = new Map([["/check/{check}", 300 << 10]]);

/* All that is wrong with a page seen one way. */
async function judge(role, route, way) {
  const view = await windowOf(role, way);
  const answer = await view.goto(address(route));
  const type = answer.headers()["content-type"] ?? "", wrong = [];
  if (answer.status() !== 200 || !type.startsWith("text/html")) return [`${answer.status()} ${type}`];
  const html = await answer.body();
  if (html.length > (WEIGHTS.get(route.pattern) ?? PAGE_BYTES)) wrong.push(`${html.length} bytes`);
  await view.waitForFunction(() => !document.querySelector(".htmx-request, [data-chart]:not([data-drawn])"));
  const wide = await view.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) wrong.push(`${wide} px too wide`);
  if (!OWN_WORDS.includes(route.pattern)) wrong.push(...judgeWords(await words(view), way.language));
  return [...wrong, ...await accessibilityFaults(view)];
}

/* Two that differ in everything, other ones for the next page; or all. */
const waysOf = (i) => process.env.KEZHANG_ALL_WAYS ? WAYS : [WAYS[i % WAYS.length], WAYS[WAYS.length - 1 - (i % WAYS.length)]];

const PAGES = ROUTES.filter(({ method, pattern }) => method === "GET" && !NO_PAGE.some((none) => none.test(pattern)))
  .flatMap((route) => {
    if (route.permission === "anyone") return [{ route, role: "" }];
    const able = [...new Set(OPENERS)].filter((role) => allowed(role, route, LEDGER));
    return (OF_EACH.includes(route.pattern) ? able : able.slice(0, 1)).map((role) => ({ route, role }));
  });

PAGES.forEach(({ route, role }, i) => {
  test(`${route.pattern} as ${role || "a stranger"}`, async () => {
    const wrong = [];
    for (const way of waysOf(i))
      for (const each of await judge(role, route, way)) wrong.push(`${way.language} ${way.scheme} ${way.width}: ${each}`);
    assert.deepEqual(wrong, []);
  });
});
