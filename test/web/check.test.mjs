// A text is checked: given as file or pasted, seen marked, opened to its rows, taken or turned down, and corrected.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, windowOf } from "./browser.mjs";
import { stage } from "./stage.mjs";

const TEXT = readFileSync(join(root, "demo/draft-summary.txt"), "utf8");
const { server, chrome } = await stage({ environment: { KEZHANG_TODAY: "2020-07-06" } });
let address;

const as = (login, role) => windowOf(chrome, server, login, role);
const clerk = await as("chen", "clerk");

async function press(view, selector) {
  await Promise.all([view.waitForNavigation(), view.click(selector)]);
}

async function give(view, file) {
  await view.goto("/check");
  await view.setInputFiles("[name=file]", file);
  await press(view, "main button.main");
}

const documentOf = (file) => execFileSync("unzip", ["-p", file, "word/document.xml"], { encoding: "utf8" });

/** Our own docx with another body: the frame of a real one, few words. */
async function packed(body) {
  const file = join(server.data, "frame.docx"), folder = mkdtempSync(join(server.data, "docx-"));
  writeFileSync(file, await (await clerk.request.get("/reports/half_year_summary/files/docx?period=2020H1")).body());
  execFileSync("unzip", ["-q", file, "-d", folder]);
  const document = join(folder, "word/document.xml");
  writeFileSync(document, readFileSync(document, "utf8").replace(/<w:body>.*<\/w:body>/s, () => `<w:body>${body}</w:body>`));
  execFileSync("python3", ["-m", "zipfile", "-c", file, ...readdirSync(folder).map((name) => join(folder, name))]);
  return readFileSync(file);
}

test("a pasted text is marked, filtered by verdict, and each number opens its rows", async () => {
  await clerk.goto("/check");
  await clerk.fill("[name=text]", TEXT);
  await press(clerk, "main button.main");
  address = clerk.url();
  const differs = clerk.locator("article a.differs", { hasText: "148件" });
  assert.equal(await differs.count(), 1);
  await differs.click();
  assert.match(await clerk.textContent("#panel"), /170件/);
  assert.ok(await clerk.locator("#panel .rows tbody tr").count() > 10);
  await clerk.keyboard.press("Escape");
  await clerk.click(".counters [data-show=match]");
  assert.ok(await clerk.locator("article a.match.shown").count() > 5);
  assert.equal(await clerk.locator("article a.differs.shown").count(), 0);
});

test("a finding is taken with a note, colleagues see it, and the corrected copy has the ledger's value there alone", async () => {
  await clerk.goto(address);
  const before = await (await clerk.request.get(`${address}/corrected`)).text();
  assert.equal(before, TEXT);
  const line = clerk.locator("#found-list li", { hasText: "148件" }).first();
  await line.locator("summary").click();
  await line.locator("[name=words]").fill("<i>按登记日期</i>");
  await Promise.all([clerk.waitForNavigation(), line.locator("[value=accepted]").click()]);
  const answer = await clerk.request.get(`${address}/corrected`);
  assert.equal(await answer.text(), TEXT.replace("148件", "170件"));
  const colleague = await as("sun", "section_head");
  await colleague.goto(address);
  assert.match(await colleague.textContent("#found-list"), /<i>按登记日期<\/i>/);
  assert.match(await colleague.textContent("#found-list"), /已采纳/);
  await colleague.goto("/check");
  assert.equal(await colleague.locator("tbody a").count(), 0);
  await colleague.context().close();
});

test("a docx comes back with comments; a bad file gives one line", async () => {
  const docx = join(server.data, "summary.docx");
  const made = await clerk.request.get("/reports/half_year_summary/files/docx?period=2020H1");
  writeFileSync(docx, await made.body());
  await give(clerk, docx);
  assert.ok(await clerk.locator("article a.match").count() > 50);
  const commented = await clerk.request.get(`${clerk.url()}/commented`);
  assert.equal(commented.status(), 200);
  assert.equal((await commented.body()).subarray(0, 2).toString(), "PK");
  const bad = join(server.data, "bad.docx");
  writeFileSync(bad, Buffer.from([0x50, 0x4b, 3, 4, 0, 1, 2, 3, 255, 254]));
  await give(clerk, bad);
  assert.equal(await clerk.locator(".finding").count(), 1);
  assert.equal(new URL(clerk.url()).pathname, "/check");
  await clerk.goto("/check");
  await press(clerk, "main button.main");
  assert.match(await clerk.textContent(".finding"), /没有可核对的内容/);
});

test("an accepted correction comes back in the docx as a tracked change, all else as it was", async () => {
  const docx = join(server.data, "wrong.docx");
  const text = TEXT.split("\n").map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join("");
  writeFileSync(docx, await packed(text));
  await give(clerk, docx);
  const unchanged = await clerk.request.get(`${clerk.url()}/corrected`);
  assert.deepEqual(await unchanged.body(), readFileSync(docx));
  const line = clerk.locator("#found-list li", { hasText: "148件" }).first();
  await line.locator("summary").click();
  await Promise.all([clerk.waitForNavigation(), line.locator("[value=accepted]").click()]);
  const answer = await clerk.request.get(`${clerk.url().split("#")[0]}/corrected`);
  const copy = join(server.data, "corrected.docx");
  writeFileSync(copy, await answer.body());
  const xml = documentOf(copy);
  assert.match(xml, /<w:del [^>]*w:author="chen"[^>]*><w:r><w:delText xml:space="preserve">148件<\/w:delText><\/w:r><\/w:del><w:ins [^>]*><w:r><w:t xml:space="preserve">170件</);
  const undone = xml.replace(/<w:ins .*?<\/w:ins>/g, "").replaceAll("delText", "t").replace(/<[^>]+>/g, "");
  assert.equal(undone, documentOf(docx).replace(/<[^>]+>/g, ""));
});

test("checks are listed for whoever made them, and other addresses hold nothing", async () => {
  await clerk.goto("/check");
  assert.equal(await clerk.locator("tbody a").count(), 3);
  for (const path of ["/check/../kezhang.db", "/check/0", `/check/${"0".repeat(32)}`, "/check/..%2Fseal.key"])
    assert.ok((await clerk.request.get(path)).status() >= 400, path);
  const csrf = await clerk.getAttribute("meta[name=csrf]", "content");
  const mark = (form) => clerk.request.post(`${address}/marks`, { form, maxRedirects: 0 });
  assert.equal((await mark({ at: "differs-1-2", mark: "accepted" })).status(), 403);
  assert.equal((await mark({ csrf, at: "differs-1-2", mark: "other" })).status(), 400);
  const finance = await as("cai", "finance");
  assert.equal((await finance.goto(address)).status(), 403);
  assert.deepEqual(clerk.errors, []);
});
