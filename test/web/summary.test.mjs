// A summary from the ledgers to its issue: composed, drafted block by block, signed, frozen, and what moved since.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { accessibilityFaults, kezhang, page, windowOf } from "./browser.mjs";
import { stage } from "./stage.mjs";

const REPORT = "/reports/half_year_summary";
const PERIOD = "2020H1";
const { server, chrome } = await stage({ environment: { KEZHANG_TODAY: "2020-07-06" } });
let head, draft;

const as = (login, role) => windowOf(chrome, server, login, role);
const clerk = await as("chen", "clerk");

/** Presses a button that leads to another page. */
async function press(view, selector) {
  await Promise.all([view.waitForNavigation(), view.click(selector)]);
}

/** What a form of a page would send, from a program. */
async function post(view, path, fields) {
  const csrf = await view.getAttribute("meta[name=csrf]", "content");
  return view.request.post(path, { form: { csrf, ...fields }, maxRedirects: 0 });
}

async function proofOf(view) {
  const file = join(server.data, "proof.pdf");
  writeFileSync(file, await (await view.request.get(`${draft}/proof`)).body());
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
}

test("a composed text opens each number with its records, and is given out in every form", async () => {
  await clerk.goto(`${REPORT}?period=${PERIOD}`);
  const number = clerk.locator("article a[data-figure=achievements_registered]").first();
  const value = await number.textContent();
  assert.equal(await number.evaluate((link) => getComputedStyle(link).display), "inline");
  await number.click();
  await clerk.waitForSelector("#panel:not([hidden]) .rows");
  assert.equal(await clerk.textContent("#panel-value"), value);
  assert.ok(await clerk.locator("#panel .rows tbody tr").count() > 10);
  await clerk.keyboard.press("Escape");
  assert.ok(await clerk.isHidden("#panel"));
  assert.ok(await clerk.locator(".outline li").count() > 5);
  for (const [format, begin] of [["docx", "PK"], ["pdf", "%PDF"], ["html", "<!DOCTYPE"], ["md", "# "], ["json", "{"]]) {
    const answer = await clerk.request.get(`${REPORT}/files/${format}?period=${PERIOD}`);
    assert.equal(answer.status(), 200, format);
    assert.ok((await answer.body()).subarray(0, begin.length).toString() === begin, format);
    assert.match(answer.headers()["content-disposition"], /half_year_summary-2020H1/);
  }
  assert.equal((await clerk.request.get(`${REPORT}/files/exe?period=${PERIOD}`)).status(), 404);
  assert.equal((await clerk.request.get(`${REPORT}?period=soon`)).status(), 404);
});

test("two periods stand side by side, part by part, with what changed", async () => {
  for (const [query, then] of [["", "2019年上半年"], ["&with=2019H2", "2019年下半年"]]) {
    await clerk.goto(`${REPORT}/compare?period=${PERIOD}${query}`);
    const part = clerk.locator(".beside", { hasText: "成果转化、产学研合作与人才引进" });
    assert.equal(await part.locator(".column").first().getAttribute("data-period"), then);
    for (const side of await part.locator(".column").allTextContents()) assert.match(side, /登记科技成果\d+件/);
    const row = part.locator("tbody tr", { hasText: "科技成果登记数" }).first();
    const [before, now, change] = (await row.locator("td").allTextContents()).map((text) => parseFloat(text));
    assert.ok(before > 0);
    assert.equal(now - before, change);
  }
  const names = await clerk.locator(".beside tbody th a").evaluateAll((links) => links.map((link) => link.href));
  assert.equal(new Set(names).size, names.length);
});

test("a draft is begun, a block edited with a figure found by initials, previewed and kept in versions", async () => {
  await clerk.goto(`${REPORT}?period=${PERIOD}`);
  await press(clerk, "main button.main");
  draft = new URL(clerk.url()).pathname;
  assert.equal(await clerk.locator("a[data-figure=typed]").count(), 0);
  assert.match(draft, /^\/reports\/drafts\/\d+$/);
  await clerk.goto(`${draft}/blocks/1`);
  await clerk.locator("#body").evaluate((text) => { text.value += "\n另登记成果"; text.setSelectionRange(text.value.length, text.value.length); });
  await clerk.fill("[name=figure]", "kjcgdjs");
  await clerk.click("[data-insert='{{achievements_registered}}']");
  await clerk.waitForFunction(() => /另登记成果\d+件/.test(document.querySelector("#preview").textContent));
  await clerk.selectOption("[name=owner]", "chen");
  await press(clerk, "#block button.main");
  assert.match(await clerk.inputValue("#body"), /另登记成果\{\{achievements_registered\}\}/);
  assert.equal(await clerk.locator("details.version").count(), 2);
});

test("a figure is found by an other name, seen with what it counts, and put in by keyboard with its growth", async () => {
  await clerk.goto(`${draft}/blocks/9`);
  const before = await clerk.inputValue("#body");
  await clerk.keyboard.press("Alt+i");
  for (const typed of ["成果登记", "chengguodengji", "achievements_reg", "kjcgdjs"]) {
    await clerk.fill("[name=figure]", "");
    await clerk.waitForFunction(() => !document.querySelector("#figures .hit"));
    await clerk.locator("[name=figure]").pressSequentially(typed);
    await clerk.waitForSelector("#figures .hit:has-text('科技成果登记数')");
  }
  const hit = clerk.locator("#figures .hit", { hasText: "科技成果登记数" }).first();
  assert.match(await hit.textContent(), /170件/);
  assert.match(await hit.locator("p.soft").textContent(), /登记/);
  const growth = hit.locator("button", { hasText: "同比增长14.9%" }).first();
  for (let i = 0; i < 3; i++) await clerk.keyboard.press("ArrowDown");
  assert.ok(await growth.evaluate((button) => button === document.activeElement));
  await clerk.keyboard.press("Enter");
  assert.equal((await clerk.inputValue("#body")).replace("{{achievements_registered}}{{#achievements_registered.growth}}，同比{{achievements_registered.growth}}{{/achievements_registered.growth}}", ""), before);
  assert.equal(await clerk.evaluate(() => document.activeElement.id), "body");
  await clerk.waitForFunction(() => /170件，同比增长14.9%/.test(document.querySelector("#preview").textContent));
});

test("blocks are shared out in the outline, which says who writes what, and are walked by keyboard", async () => {
  await clerk.goto(draft);
  const outline = await clerk.textContent(".blocks");
  assert.match(outline, /上半年工作开展情况/);
  assert.doesNotMatch(outline, /\{\{/);
  await clerk.click(".sharing summary");
  await clerk.selectOption("[name=owner-2]", "chen");
  await press(clerk, ".sharing button");
  const third = clerk.locator(".blocks li", { has: clerk.locator("a[href$='/blocks/2']") });
  assert.equal(await third.locator("b.mine").textContent(), "chen");
  await clerk.goto(`${draft}/blocks/2`);
  await Promise.all([clerk.waitForURL(/blocks\/1$/), clerk.keyboard.press("Alt+ArrowUp")]);
  await clerk.focus("#body");
  await clerk.keyboard.press("Control+End");
  await clerk.keyboard.type("键盘写入。");
  await Promise.all([clerk.waitForURL(/blocks\/2$/), clerk.keyboard.press("Control+Enter")]);
  await Promise.all([clerk.waitForURL(/blocks\/1$/), clerk.keyboard.press("Alt+ArrowUp")]);
  assert.match(await clerk.inputValue("#body"), /键盘写入。$/);
  const late = await post(clerk, `${draft}/writers`, { "owner-2": "", "version-2": "1" });
  assert.equal(late.status(), 422);
});

test("figures with nothing to say are named beside the text that leaves them out", async () => {
  await clerk.goto(`${draft}/blocks/9`);
  await clerk.fill("#body", "## 存在的问题\n\n列车{{city_tasks_overdue}}。\n登记{{achievements_registered}}。\n");
  await clerk.waitForSelector("#preview .silent");
  assert.deepEqual(await clerk.locator("#preview .silent a").evaluateAll((links) => links.map((link) => new URL(link.href).pathname)), ["/figures/city_tasks_overdue"]);
  assert.doesNotMatch(await clerk.textContent("#preview article"), /列车/);
});

test("a wrong name is said beside the block, and a text that somebody saved first is not written over", async () => {
  await clerk.goto(`${draft}/blocks/1`);
  const body = await clerk.inputValue("#body");
  await clerk.fill("#body", "登记{{achievements_registerd}}。");
  await clerk.waitForSelector("#preview .finding:has-text('achievements_registered')");
  const late = await post(clerk, `${draft}/blocks/1`, { version: "1", body: "旧稿", owner: "" });
  assert.equal(late.status(), 409);
  assert.match(await late.text(), /旧稿/);
  await clerk.goto(`${draft}/blocks/1`);
  assert.equal(await clerk.inputValue("#body"), body);
});

test("colleagues comment; outsiders see no draft", async () => {
  head = await as("sun", "section_head");
  await head.goto(`${draft}/blocks/1`);
  await head.fill("#comments textarea", "<b>补充同比</b>");
  await press(head, "#comments form:last-of-type button");
  await clerk.goto(draft);
  assert.ok(await clerk.locator(".blocks em").count() === 1);
  await clerk.goto(`${draft}/blocks/1`);
  assert.equal(await clerk.textContent("#comments li p"), "<b>补充同比</b>");
  await press(clerk, "#comments li form button");
  assert.equal(await clerk.locator("#comments .resolved").count(), 1);
  const city = await as("wen", "city_viewer");
  assert.equal((await city.goto(draft)).status(), 404);
  assert.equal((await post(city, `${draft}/blocks/1/comments`, { words: "x" })).status(), 404);
  assert.equal((await post(city, `${draft}/blocks/1`, { version: "2", body: "x" })).status(), 403);
  await city.context().close();
});

test("an unfinished draft is not submitted; a finished one goes its way, back once, and out", async () => {
  assert.equal((await post(clerk, `${draft}/submit`, {})).status(), 422);
  await clerk.goto(draft);
  const blocks = await clerk.locator(".blocks a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of blocks) {
    const text = await (await clerk.request.get(path)).text();
    const version = text.match(/name="version" value="(\d+)"/)[1];
    const body = await clerk.evaluate((html) => new DOMParser().parseFromString(html, "text/html").getElementById("body").value, text);
    assert.equal((await post(clerk, path, { version, body, owner: "chen", done: "1" })).status(), 303, path);
  }
  assert.equal((await post(clerk, `${draft}/submit`, {})).status(), 303);
  assert.equal((await post(clerk, `${draft}/blocks/1`, { version: "3", body: "晚了" })).status(), 409);
  assert.equal((await post(clerk, `${draft}/agree`, {})).status(), 422);
  const [deputy, director] = [await as("dai", "deputy"), await as("ju", "director")];
  await director.goto(draft);
  assert.equal((await post(director, `${draft}/issue`, {})).status(), 422);
  await head.goto(draft);
  assert.equal((await post(head, `${draft}/return`, { words: "" })).status(), 422);
  await head.fill("[name=words]", "第二段补充说明");
  await press(head, "[formaction$='/return']");
  await clerk.goto(draft);
  assert.match(await clerk.textContent(".way"), /第二段补充说明/);
  assert.equal(await clerk.locator(".chain .signed").count(), 0);
  await press(clerk, "[formaction$='/submit']");
  for (const [view, action] of [[head, "agree"], [deputy, "agree"], [director, "issue"]]) {
    await view.goto(draft);
    assert.equal(await view.locator(".chain .signed").count(), [head, deputy, director].indexOf(view) + 1);
    if (view === director) assert.match(await proofOf(view), /局长[\s\S]*送审稿[\s\S]*\n *22 +\S/);
    await view.fill("[name=words]", "同意");
    await press(view, `[formaction$='/${action}']`);
  }
  assert.match(new URL(director.url()).pathname, /^\/reports\/issues\/\d+$/);
  assert.match(await director.textContent("#drift"), /与台账一致/);
  assert.match(await director.textContent("article"), /另登记成果\d+件/);
  for (const view of [head, deputy, director]) await view.context().close();
});

test("what was issued does not change, and says what has moved since", async () => {
  for (const [path, fields] of [[`${draft}/blocks/1`, { version: "3", body: "改" }], [`${draft}/blocks/1/comments`, { words: "改" }], [`${draft}/submit`, {}]])
    assert.ok((await post(clerk, path, fields)).status() >= 400, path);
  const answer = await clerk.goto(draft);
  const issue = new URL(answer.url()).pathname;
  const words = await clerk.textContent("article");
  const printed = async () => {
    const pdf = join(server.data, "issued.pdf");
    writeFileSync(pdf, await (await clerk.request.get(`${issue}/files/pdf`)).body());
    return execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  };
  const signed = await printed();
  for (const part of [/附件：数据来源表/, /各数均按台账截至\d+年\d+月\d+日的记录计算/, /校验码[\s\S]+170件/, /^ *二、存在的问题$/m])
    assert.match(signed, part);
  const docx = join(server.data, "issued.docx");
  writeFileSync(docx, await (await clerk.request.get(`${issue}/files/docx`)).body());
  assert.match(execFileSync("unzip", ["-p", docx, "word/document.xml"], { encoding: "utf8" }), /数据来源表/);
  const file = join(server.data, "achievements.csv"), run = (...line) =>
    execFileSync(kezhang, line, { env: { ...server.env, KEZHANG_LANG: "en" }, encoding: "utf8" });
  run("export", "achievement", file);
  const lines = readFileSync(file, "utf8").split("\r\n");
  const moved = lines.findIndex((line) => line.includes(",2020-03-") && line.includes(",Registered,"));
  const registered = lines[moved].split(",")[lines[0].split(",").indexOf("Registered on")];
  writeFileSync(file, [lines[0], lines[moved].replaceAll(registered, "2020-08-03")].join("\r\n"));
  run("import", "achievement", file);
  await clerk.goto(issue);
  assert.equal(await clerk.textContent("article"), words);
  assert.equal(await printed(), signed);
  const row = clerk.locator("#drift tbody tr", { hasText: "科技成果登记数" }).first();
  const cells = (await row.locator("td").allTextContents()).map((text) => parseInt(text, 10));
  assert.equal(cells[1] - 1, cells[2]);
  await Promise.all([clerk.waitForURL(/\/drift\?/), row.locator("th a").click()]);
  const behind = clerk.locator("tbody tr");
  assert.equal(await behind.count(), 1);
  assert.match(await behind.textContent(), /当时计入/);
  assert.match(await behind.locator("td").nth(3).textContent(), /\d{4}-\d\d-\d\d \d\d:\d\d/);
  await Promise.all([clerk.waitForURL(/\/ledgers\//), behind.locator("th a").click()]);
  assert.match(new URL(clerk.url()).pathname, /^\/ledgers\/achievement\/\d+$/);
  assert.equal((await clerk.request.get(`${issue}/drift?name=nothing&period=2020H1`)).status(), 404);
  await clerk.goto("/reports");
  await clerk.locator(".periods").last().scrollIntoViewIfNeeded();
  await clerk.waitForSelector(".still.moved");
});

test("the next period begins from the last text, with its own numbers, and typed ones are marked", async () => {
  await clerk.goto(`${REPORT}?period=2020H2`);
  await clerk.click("details:has([name=like]) summary");
  await press(clerk, "form:has([name=like]) button");
  const text = await clerk.textContent("article");
  assert.match(text, /另登记成果\d+件/);
  assert.match(text, /2020年下半年/);
  const cloned = new URL(clerk.url()).pathname;
  const typed = await clerk.locator("a[data-figure=typed]").allTextContents();
  await clerk.goto(`${cloned}/blocks/1`);
  await clerk.locator("#body").evaluate((body) => { body.value += "\n\n另有专利授权37件，见3月2日文件。\n"; body.dispatchEvent(new Event("input", { bubbles: true })); });
  await clerk.waitForSelector("#preview a[data-figure=typed]:text-is('37件')");
  assert.equal(await clerk.locator("#preview a[data-figure=typed]", { hasText: "3月" }).count(), 0);
  await press(clerk, "#block button.main");
  await clerk.goto(cloned);
  assert.equal(await clerk.locator("a[data-figure=typed]").count(), typed.length + 1);
  await clerk.goto(`${cloned}/compare`);
  const row = clerk.locator(".beside tbody tr", { hasText: "科技成果登记数" }).first();
  assert.equal(await row.locator("td").first().textContent(), "169件");
  assert.deepEqual(clerk.errors, []);
});

test("a text that was issued without a draft is read back: its numbers are counted anew", async () => {
  execFileSync(kezhang, ["report", "half_year_summary", "--period", "2019H2", "--out", server.data, "--format", "md", "--issue"], { env: server.env });
  const issued = readFileSync(join(server.data, "half_year_summary-2019H2.md"), "utf8");
  const number = issued.match(/登记科技成果\[(\d+)件\]/)[1];
  await clerk.goto(`${REPORT}?period=2019H2`);
  const issue = await clerk.locator("[name=like_issue]").first().getAttribute("value");
  const begun = await post(clerk, `${REPORT}/drafts`, { period: "2018H2", like_issue: issue });
  assert.equal(begun.status(), 303);
  const path = begun.headers().location;
  await clerk.goto(path);
  const text = await clerk.textContent("article");
  assert.doesNotMatch(text, new RegExp(`登记科技成果${number}件`));
  assert.ok(await clerk.locator("a[data-figure=typed]").count() > 5);
  assert.equal((await post(clerk, `${REPORT}/drafts`, { period: "2018H2", like_issue: "99" })).status(), 404);
});

test("the pages keep the rules of accessibility", async () => {
  await clerk.goto("/reports");
  const paths = await clerk.locator(".periods a").evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  const [paper, issue] = ["/drafts/", "/issues/"].map((part) => paths.find((path) => path.includes(part)));
  for (const path of ["/reports", `${REPORT}?period=${PERIOD}`, `${REPORT}/compare?period=${PERIOD}`, paper, `${paper}/blocks/1`,
    `${paper}/compare`, issue, `${issue}/drift?name=achievements_registered&period=${PERIOD}`, "/check"]) {
    assert.equal((await clerk.goto(path)).status(), 200, path);
    assert.deepEqual(await accessibilityFaults(clerk), [], path);
  }
});
