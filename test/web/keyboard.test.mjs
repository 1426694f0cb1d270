// A clerk's work with the keyboard alone: nothing is clicked, every stop of the way can be seen, and none is a trap.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { place } from "../e2e/lib.mjs";
import { page, signIn } from "./browser.mjs";
import { stage } from "./stage.mjs";

const STOPS = 150; /* of the Tab key on one page */
const WAIT = 30_000;
const REPORT = "/reports/half_year_summary?period=2020H1";

const { server, chrome } = await stage({ environment: { KEZHANG_TODAY: "2020-07-06" } });
const view = await page(chrome, server.address);
view.setDefaultTimeout(WAIT);
await signIn(view, await server.person("chen", "clerk"));

/* Presses Tab until what is meant has the focus; each stop must show that it has it. */
async function tabTo(selector) {
  for (let i = 0; i < STOPS; i++) {
    await view.keyboard.press("Tab");
    const stop = await view.evaluate((wanted) => {
      const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
      return { there: at.matches(wanted), ringed: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0 || at === document.body,
        seen: at === document.body || box.width > 0 && box.height > 0, html: at.outerHTML.slice(0, 120) };
    }, selector);
    assert.ok(stop.ringed && stop.seen, `a stop that does not show itself: ${stop.html}`);
    if (stop.there) return;
  }
  assert.fail(`${selector} is not reached in ${STOPS} stops of ${view.url()}`);
}

async function enter(key = "Enter") {
  await Promise.all([view.waitForNavigation(), view.keyboard.press(key)]);
}

async function choose(selector, file) {
  await tabTo(selector);
  const [chooser] = await Promise.all([view.waitForEvent("filechooser"), view.keyboard.press("Space")]);
  await chooser.setFiles(file);
}

test("the first stop leads past the menus", async () => {
  await view.goto("/ledgers/organisation");
  await tabTo(".skip");
  await view.keyboard.press("Enter");
  assert.equal(await view.evaluate(() => location.hash), `#${await view.getAttribute("main", "id")}`);
  await view.keyboard.press("Tab");
  assert.ok(await view.evaluate(() => document.querySelector("main").contains(document.activeElement)));
});

test("a record is entered and changed", async () => {
  await view.goto("/ledgers/organisation");
  await tabTo("main a[href='/ledgers/organisation/new']");
  await enter();
  await tabTo("[name=name]");
  await view.keyboard.type("青禾县键盘站");
  await tabTo(".foot .main");
  await enter();
  await tabTo("main a[href$='/edit']");
  await enter();
  await tabTo("[name=address]");
  await view.keyboard.type("清河镇");
  await tabTo(".foot .main");
  await enter();
  assert.match(await view.innerText("main"), /青禾县键盘站[^]*清河镇/);
});

test("a step is taken", async () => {
  await view.goto("/ledgers/plan_item?state=open");
  await tabTo("td.id a");
  await enter();
  await tabTo("main a[href*='/steps/start']");
  await enter();
  await tabTo(".foot .main");
  await enter();
  assert.match(await view.locator(".head .state").first().innerText(), /推进中/);
});

test("a sheet is imported, from its choice to its rows", async () => {
  const file = place("单位.csv");
  writeFileSync(file, "单位名称\n青禾县第一试验站\n青禾县第二试验站\n");
  await view.goto("/ledgers/organisation/import");
  await choose("[name=file]", file);
  await tabTo("main button.main");
  await enter();
  await tabTo("main button.main");
  await view.keyboard.press("Enter");
  await view.waitForSelector("form[action$='/take'] button");
  await tabTo("form[action$='/take'] button");
  await view.keyboard.press("Enter");
  await view.waitForSelector(".confirm");
  await view.goto("/ledgers/organisation?name=试验站");
  assert.match(await view.innerText("tbody"), /第一试验站[^]*第二试验站|第二试验站[^]*第一试验站/);
});

test("a block of a summary is written", async () => {
  await view.goto(REPORT);
  await tabTo("form[action$='/drafts'] button.main");
  await enter();
  await tabTo("a[href$='/blocks/1']");
  await enter();
  await tabTo("#body");
  await view.keyboard.press("Control+End");
  await view.keyboard.type("另开展技术服务若干次。");
  await tabTo("#block button.main");
  await enter();
  assert.match(await view.inputValue("#body"), /另开展技术服务若干次。$/);
});

test("a text is checked, and what was found is gone through", async () => {
  await view.goto("/check");
  await tabTo("[name=text]");
  await view.keyboard.insertText("2020年上半年，全县登记科技成果168件，新认定高新技术企业3家。");
  await tabTo("main button.main");
  await enter();
  await view.keyboard.press("Alt+ArrowDown");
  assert.match(await view.innerText("#panel"), /168|170/);
  await view.keyboard.press("Escape");
  await tabTo(".marking summary");
  await view.keyboard.press("Enter");
  await tabTo(".marking [value=accepted]");
  await enter();
  assert.match(await view.innerText(".found"), /✓/);
});
