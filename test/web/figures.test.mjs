// Figures in the browser: the same numbers as on the command line, each of which opens; targets, cockpit and map.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { accessibilityFaults, kezhang, page, windowOf } from "./browser.mjs";
import { stage } from "./stage.mjs";

const PERIOD = "2020H1";
const { server, chrome } = await stage({ environment: { KEZHANG_TODAY: "2020-07-06" } });

async function as(login, role, options, how) {
  const view = await windowOf(chrome, server, login, role, options, how);
  view.on("console", (message) => { if (message.type() === "error") view.errors.push(message.text()); });
  return view;
}

const said = (...words) => JSON.parse(execFileSync(kezhang, ["figure", ...words, "--json"], { env: server.env, encoding: "utf8" }));
const digits = (text) => text.replaceAll(",", "");
const number = (text) => Number(digits(text).match(/-?[\d.]+/)[0]);
const value = async (view) => digits((await view.textContent(".worth .value")).trim());

const clerk = await as("chen", "clerk");

test("a figure's page says what the command says", async () => {
  for (const name of ["achievements_registered", "hnte_valid", "commissioners_on_duty", "training_person_times"]) {
    const told = said(name, "--period", PERIOD);
    await clerk.goto(`/figures/${name}?period=${PERIOD}`);
    assert.equal((await value(clerk)).replace(/\s+/g, ""), told.value + told.unit, name);
    assert.match(await clerk.textContent(".explains"), new RegExp(told.hash), name);
  }
  const money = said("rewards_paid", "--period", PERIOD);
  await clerk.goto(`/figures/rewards_paid?period=${PERIOD}`);
  assert.equal(Math.round(number(await value(clerk)) * 10000), Number(money.value));
});

test("the rows are those of the command, paged, and each opens", async () => {
  const told = said("achievements_registered", "--period", PERIOD, "--rows");
  const numbers = [];
  await clerk.goto(`/figures/achievements_registered?period=${PERIOD}`);
  for (;;) {
    numbers.push(...await clerk.locator("#rows td.id").allTextContents());
    const next = clerk.locator("#rows a[rel=next]");
    if (!await next.count()) break;
    await Promise.all([clerk.waitForNavigation(), next.click()]);
  }
  assert.deepEqual(numbers, told.rows.map((row) => row.number));
  const link = await clerk.getAttribute("#rows tbody a", "href");
  assert.match(link, /^\/ledgers\/achievement\/\d+$/);
});

test("the rows are handed out as csv and xlsx, to whoever may export", async () => {
  const told = said("achievements_registered", "--period", PERIOD, "--rows");
  const csv = await clerk.request.get(`/figures/achievements_registered/rows/csv?period=${PERIOD}`);
  const lines = (await csv.text()).trim().split(/\r?\n/);
  assert.equal(lines.length, told.rows.length + 1);
  assert.ok(lines[1].startsWith(`${told.rows[0].number},${told.rows[0].title}`), lines[1]);
  assert.match(csv.headers()["content-disposition"], /attachment/);
  const xlsx = await clerk.request.get(`/figures/achievements_registered/rows/xlsx?period=${PERIOD}`);
  assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
  assert.equal((await clerk.request.get("/figures/achievements_registered/rows/exe")).status(), 404);
  const viewer = await as("city", "city_viewer");
  assert.equal((await viewer.request.get("/figures/achievements_registered/rows/csv")).status(), 403);
});

test("excluded rows say in words what they fail, in both languages", async () => {
  await clerk.goto(`/figures/achievements_registered?period=${PERIOD}`);
  const section = clerk.locator("section[aria-labelledby=excluded-title]");
  assert.match(await section.textContent(), /已登记.*在本期内/s);
  const english = await as("lin", "clerk", [], { language: "en" });
  await english.goto(`/figures/achievements_registered?period=${PERIOD}`);
  const text = await english.locator("section[aria-labelledby=excluded-title]").textContent();
  assert.match(text, /the day of “Registered” in the period/);
  assert.doesNotMatch(await english.textContent("main"), /entered\(|registered_on/);
});

test("the groups of a figure add up to it, and each shows its rows", async () => {
  const told = said("hnte_valid", "--period", PERIOD);
  await clerk.goto(`/figures/hnte_valid?period=${PERIOD}&by=field`);
  const groups = await clerk.locator(".parts td.numeric").allTextContents();
  assert.ok(groups.length > 1);
  assert.equal(groups.reduce((sum, text) => sum + number(text), 0), Number(told.value));
  await Promise.all([clerk.waitForNavigation(), clerk.click(".parts a")]);
  assert.equal(await clerk.locator("#rows tbody tr").count(), number(groups[0]));
  await clerk.goto(`/figures/hnte_valid?period=${PERIOD}&by=enterprise.legal_person`); /* no board divides so */
  assert.equal(await clerk.locator(".parts tbody tr").count(), 0);
});

test("another day and another period are asked for, and the period is remembered", async () => {
  await clerk.goto("/figures/achievements_registered?period=2019");
  assert.equal(number(await value(clerk)), Number(said("achievements_registered", "--period", "2019").value));
  await clerk.goto("/figures/achievements_registered");
  assert.match(await clerk.textContent(".period summary"), /2019年/);
  await clerk.goto(`/figures/achievements_registered?period=${PERIOD}&as_at=2019-01-01`);
  assert.equal(number(await value(clerk)), 0);
  assert.equal((await clerk.request.get("/figures/achievements_registered?period=soon")).status(), 422);
  assert.equal((await clerk.request.get("/figures/nothing_such")).status(), 404);
  await clerk.goto(`/figures?period=${PERIOD}`);
});

test("the catalogue is searched by name, alias and pinyin, and fills in its values", async () => {
  for (const words of ["成果登记", "kjcgdjs", "chengguodengji"]) {
    await clerk.goto(`/figures?period=${PERIOD}&q=${encodeURIComponent(words)}`);
    await clerk.waitForSelector(".figures a[href^='/figures/achievements_registered']");
    await clerk.waitForFunction(() => !document.querySelector(".figures .numeric").textContent.includes("…"));
    assert.match(await clerk.textContent(".figures .numeric"), /170/, words);
  }
  await clerk.goto(`/figures?q=${encodeURIComponent("没有这个")}`);
  assert.equal(await clerk.locator(".figures").count(), 0);
});

test("the board of targets gives each light its rule", async () => {
  const told = said("achievements_registered", "--period", PERIOD);
  await clerk.goto(`/targets?period=${PERIOD}`);
  const row = clerk.locator(".targets tbody tr", { hasText: "科技成果登记数" });
  assert.match(await row.textContent(), new RegExp(`${told.target}件`));
  assert.match(await row.locator(".share").textContent(), new RegExp(`${told.share}`));
  assert.match(await row.locator(".rule").textContent(), /绿灯.*完成85%.*49\.7%/s);
  await Promise.all([clerk.waitForNavigation(), clerk.click(".chips .light.red")]);
  const lights = await clerk.locator(".targets .light").allTextContents();
  assert.ok(lights.length > 0 && lights.every((text) => text === "红灯"), lights.join());
});

test("every picture of the cockpit states its period, cut-off and count, has a table, and opens", async () => {
  await clerk.goto(`/cockpit?period=${PERIOD}`);
  await clerk.waitForFunction(() => document.querySelectorAll(".waiting").length === 0);
  const pictures = await clerk.locator(".picture").count();
  assert.ok(pictures >= 10);
  assert.equal(await clerk.locator(".picture .states").count(), pictures);
  for (const text of await clerk.locator(".picture .states").allTextContents()) assert.match(text, /2020年上半年 · 截至/);
  assert.ok(await clerk.locator("[data-chart] canvas").count() >= 9);
  const towns = clerk.locator(".picture", { hasText: "科技成果登记按乡镇" });
  const cells = await towns.locator("td.numeric").evaluateAll((all) => all.map((cell) => cell.textContent));
  assert.equal(cells.reduce((sum, text) => sum + number(text), 0), Number(said("achievements_registered", "--period", PERIOD).value));
  await towns.locator("canvas").scrollIntoViewIfNeeded();
  const box = await towns.locator("canvas").boundingBox();
  await Promise.all([clerk.waitForURL(/figures\/achievements_registered.*by=owner\.town/),
    clerk.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.1)]);
  assert.ok(await clerk.locator("#rows tbody tr").count() > 0);
  assert.deepEqual(clerk.errors, []);
});

test("the map has every village once, and leads to its record", async () => {
  await clerk.goto(`/map?period=${PERIOD}`);
  await clerk.waitForSelector(".town");
  const cells = await clerk.locator(".town svg a").count();
  assert.equal(cells, await clerk.locator(".as-table tbody tr").count());
  const total = await clerk.locator(".town .n").evaluateAll((all) => all.reduce((sum, text) => sum + Number(text.textContent), 0));
  assert.equal(total, Number(said("service_logs", "--period", PERIOD).value));
  assert.match(await clerk.locator(".town svg a").first().getAttribute("href"), /^\/ledgers\/village\/\d+$/);
  assert.deepEqual(clerk.errors, []);
});

test("whoever is of one town sees the total, and of its rows those of the town", async () => {
  execFileSync(kezhang, ["user", "unit", "heqian", "--name", "禾泉镇", "--town", "349901101"], { env: server.env });
  const view = await as("zhou", "deputy", ["--scope", "town:heqian"]);
  await view.goto(`/figures/achievements_registered?period=${PERIOD}`);
  const told = said("achievements_registered", "--period", PERIOD, "--rows");
  assert.equal(number(await value(view)), Number(told.value));
  const shown = await view.locator("#rows tbody td.id").allTextContents();
  assert.ok(shown.length > 0 && shown.length < told.rows.length, `${shown.length} rows`);
  assert.match(await view.textContent("#rows .tools"), /只列出您有权查看的记录/);
  await view.goto(`/map?period=${PERIOD}`);
  await view.waitForSelector(".town");
  assert.deepEqual(await view.locator(".town h3").evaluateAll((all) => all.map((head) => head.firstChild.data)), ["禾泉镇"]);
});

test("who may not see figures is refused, and a stranger is led to the door", async () => {
  const view = await as("wang", "enterprise");
  for (const path of ["/figures", "/figures/hnte_valid", "/targets", "/cockpit", "/map", "/boards/cockpit/1"])
    assert.equal((await view.request.get(path)).status(), 403, path);
  const stranger = await page(chrome, server.address);
  await stranger.goto("/cockpit");
  assert.match(stranger.url(), /\/login/);
});

test("nothing scrolls sideways on a phone, and the pages work without a script", async () => {
  const phone = await as("sun", "director", [], { width: 390 });
  await phone.goto("/figures"); /* who has chosen no period is shown the half-year that the records reach */
  assert.match(await phone.textContent(".period summary"), /2020年上半年/);
  for (const path of ["/figures", "/figures/hnte_valid?by=field", "/targets", "/cockpit", "/map"]) {
    await phone.goto(path);
    await phone.waitForLoadState("networkidle");
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
  }
  const context = await chrome.newContext({ baseURL: server.address, javaScriptEnabled: false, locale: "zh-CN",
    storageState: await phone.context().storageState() });
  const plain = await context.newPage();
  await plain.goto(`/cockpit?period=${PERIOD}`);
  await plain.locator(".waiting a").nth(2).click();
  await plain.locator(".as-table summary").click();
  assert.ok(await plain.locator(".as-table td.numeric").count() > 5);
  await plain.goto(`/figures?period=${PERIOD}&area=9`);
  assert.match(await plain.textContent(".figures"), /170/);
});

test("the pages keep the rules of accessibility", async () => {
  for (const path of ["/figures", "/figures/hnte_valid?by=field", "/figures/village_coverage", "/targets", "/cockpit", "/map"]) {
    await clerk.goto(path);
    await clerk.waitForLoadState("networkidle");
    assert.deepEqual(await accessibilityFaults(clerk), [], path);
  }
});
