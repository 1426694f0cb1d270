/* Imports and exports in the browser: a sheet with wrong cells from its upload to its undo, an export that is what the list
 * shows, and long work that survives a reload, can be cancelled, and is nobody else's. */
import assert from "node:assert/strict";
import test from "node:test";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { countySheets, databases, importSheet, place } from "../e2e/lib.mjs";
import { page, serve, signIn } from "./browser.mjs";
import { signedIn } from "./client.mjs";
import { stage } from "./stage.mjs";

const ROWS = 100_000;
const WAIT = 30_000;
const sheet = countySheets().find(({ ledger }) => ledger === "enterprise");

/* Runs openpyxl over a workbook: `book` is open, what is printed is returned. */
const python = (script, ...words) => execFileSync("/usr/bin/python3", ["-c", script, ...words], { encoding: "utf8" });

/* The county's enterprises with one name changed, one new company, and two wrong cells. */
function spoiltSheet() {
  const file = place("企业名录（改）.xlsx");
  python(`
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
page = book.worksheets[0]
page['B4'] = '青禾新名环保科技有限公司'
page['G6'] = '前年'
page['H8'] = 'abc'
last = page.max_row + 1
page.cell(last, 2, '=青禾新芽农业科技有限公司'); page.cell(last, 3, '91349901MA2000501K')
page.cell(last, 2).data_type = 's'
page['R3'] = '单位自编简称'; page['R4'] = '新名'
book.save(sys.argv[2])`, sheet.file, file);
  return file;
}

function longSheet() {
  const file = place("long.csv");
  let text = "统一社会信用代码,企业名称,注册资本（万元）\n";
  for (let i = 0; i < ROWS; i++) text += `91349901MB${String(i).padStart(7, "0")}A,青禾第${i}有限公司,${(i % 900) + 1}\n`;
  writeFileSync(file, text);
  return file;
}

async function upload(window, file) {
  await window.goto("/ledgers/enterprise/import");
  await window.setInputFiles("[name=file]", file);
  await window.click("main button.main");
  await window.waitForSelector("table.mapping");
}

const counts = (window) => window.$$eval(".counts dd", (list) => list.map((dd) => Number(dd.textContent.replaceAll(",", ""))));

/* What a link or a button sends. */
async function download(window, press) {
  const [file] = await Promise.all([window.waitForEvent("download"), press()]);
  return file.path();
}

/* The data rows of a csv as this program writes it. */
const csvRows = (file) => readFileSync(file, "utf8").trimEnd().split("\r\n").slice(1);

/* A folder that holds the towns and the enterprises alone. */
function enterprisesAlone() {
  const store = databases[0].make();
  for (const one of [countySheets()[0], sheet]) importSheet(store, one);
  return store.folder;
}

const { server, chrome } = await stage({ folder: enterprisesAlone() });
const clerk = await server.person("chen", "clerk");
const view = await page(chrome, server.address), other = await page(chrome, server.address);
await signIn(view, clerk);
await signIn(other, await server.person("wang", "clerk"));

test("problems stand by their rows, whenever they were found, and long values are cut", async () => {
  const file = place("问题.csv");
  writeFileSync(file, `统一社会信用代码,企业名称\n,甲厂\nabc,乙厂\n91349901MA2000501K,${"丙".repeat(900)}\n`);
  await upload(view, file);
  await view.click("form[action$='/try'] button.main");
  await view.waitForSelector(".problems", { timeout: WAIT });
  const rows = await view.$$eval(".problems tbody td.numeric", (list) => list.map((td) => Number(td.textContent)));
  assert.deepEqual(rows, [2, 3, 4]);
  assert.match(await view.innerText(".problems"), /丙{59}…/);
});

test("a needed field without a column is given one value for all rows", async () => {
  const file = place("无名.csv");
  writeFileSync(file, "统一社会信用代码\n91349901MA2000501K\n");
  await upload(view, file);
  await view.fill("[name=given-name]", "整表一厂");
  await view.click("form[action$='/try'] button.main");
  await view.waitForSelector(".effects", { timeout: WAIT });
  assert.match(await view.innerText(".effects"), /整表一厂/);
  await view.click("a[href$='?columns=1']");
  assert.equal(await view.inputValue("[name=given-name]"), "整表一厂");
});

test("a sheet with wrong cells: columns, preview, marked copy, taking, undo", async () => {
  await upload(view, spoiltSheet());
  const extra = view.locator("tr", { hasText: "单位自编简称" }).locator("select");
  assert.equal(await extra.inputValue(), "");
  await extra.selectOption("short_name");
  await view.click("main button.main");
  await view.waitForSelector(".effects", { timeout: WAIT });
  const [, created, updated, , refused] = await counts(view);
  assert.deepEqual([created, updated, refused], [1, 1, 2]);
  const effects = await view.innerText(".effects");
  assert.match(effects, /青禾新名环保科技有限公司/);
  assert.match(effects, /企业简称.*新名/);
  assert.match(await view.innerText(".problems"), /前年[\s\S]*abc/);

  const marked = await download(view, () => view.click("a[href*='/files/marked.xlsx']"));
  const red = python(`
import openpyxl, sys
page = openpyxl.load_workbook(open(sys.argv[1], 'rb')).worksheets[0]
print(' '.join(sorted(cell.coordinate for row in page for cell in row if cell.comment)))`, marked);
  assert.equal(red.trim(), "G6 H8");

  await view.reload();
  assert.equal(await view.locator(".effects").count(), 1, "the preview is still there after a reload");
  await view.click("form[action$='/take'] button");
  await view.waitForSelector(".confirm", { timeout: WAIT });
  assert.deepEqual((await counts(view)).slice(1, 3), [1, 1]);
  await view.goto("/ledgers/enterprise?name=新名");
  assert.match(await view.innerText("tbody"), /青禾新名环保科技有限公司/);

  await view.goto("/imports");
  await view.click("tbody a");
  assert.match(await view.innerText("main"), /企业名录（改）\.xlsx/);
  await view.click(".confirm summary");
  await view.click(".confirm button");
  await view.waitForSelector("text=已作废1条新增记录", { timeout: WAIT });
  await view.goto("/ledgers/enterprise?name=新名");
  assert.doesNotMatch(await view.innerText("tbody"), /青禾新名环保科技有限公司/);
});

test("what was changed after an import stands in the way of its undo", async () => {
  for (const capital of [1, 2]) {
    const file = place(`again-${capital}.csv`);
    writeFileSync(file, `统一社会信用代码,企业名称,注册资本（万元）\n91349901MA2000501K,青禾新芽农业科技有限公司,${capital}\n`);
    await upload(view, file);
    await view.click("main button.main");
    await view.waitForSelector("form[action$='/take'] button", { timeout: WAIT });
    await view.click("form[action$='/take'] button");
    await view.waitForSelector(".confirm", { timeout: WAIT });
  }
  await view.goto("/imports");
  await view.locator("tbody tr", { hasText: "again-1.csv" }).locator("a").click();
  await view.click(".confirm summary");
  await view.click(".confirm button");
  await view.waitForSelector(".problems", { timeout: WAIT });
  assert.match(await view.innerText("main"), /青禾新芽农业科技有限公司/);
});

test("an export is what the list shows", async () => {
  await view.goto("/ledgers/enterprise?town=三槐镇&sort=name&rows=100");
  const shown = await view.$$eval("tbody tr td:nth-child(3)", (cells) => cells.map((cell) => cell.textContent.trim()));
  assert.ok(shown.length > 3);
  await view.click("a[data-with-filters]");
  await view.check("[name=format][value=csv]");
  await view.check("[name=columns][value=shown]");
  const rows = csvRows(await download(view, () => view.click("main button.main")));
  assert.deepEqual(rows.map((row) => row.split(",")[0]), shown);
});

test("personal fields are masked, and shown whole for a reason that is written down", async () => {
  const ask = async (prepare) => {
    await view.goto("/ledgers/enterprise/export?name=环保");
    await view.check("[name=format][value=csv]");
    await prepare();
    return readFileSync(await download(view, () => view.click("main button.main")), "utf8");
  };
  assert.doesNotMatch(await ask(async () => {}), /199\d{8}/);
  await view.check("[name=unmasked]");
  await view.click("main button.main");
  await view.waitForSelector(".finding.wrong");
  assert.match(await ask(async () => {
    await view.check("[name=unmasked]");
    await view.fill("[name=reason]", "核对电话");
    await view.fill("[name=secret]", clerk.password);
  }), /199\d{8}/);
  const audit = await signedIn(server, "shen", "audit_admin");
  assert.match((await audit.get("/audit?log=disclosures")).text, /chen[\s\S]*核对电话[\s\S]*企业名录/);
});

async function tryLongSheet() {
  await upload(view, longSheet());
  await view.click("main button.main");
  await view.waitForSelector("progress");
  return view.url();
}

test("long work survives a reload and a closed page, and is nobody else's", async () => {
  const address = await tryLongSheet(), id = address.match(/\d+$/)[0];
  const isPast = (least) => view.waitForFunction((part) => (document.querySelector("progress")?.value ?? 0) > part, least, { timeout: WAIT });
  await isPast(2);
  const early = await view.$eval("progress", (bar) => bar.value);
  await view.reload();
  await isPast(early);
  await view.goto("/jobs");
  assert.match(await view.innerText("tbody tr"), /long\.csv[\s\S]*进行中/);
  for (const path of [`/jobs/${id}`, new URL(address).pathname, `/jobs/${id}/files/upload`])
    assert.equal((await other.request.get(path)).status(), 404, path);
  const cancel = (window, csrf) => window.request.post(`/jobs/${id}/cancel`, { form: { csrf }, maxRedirects: 0 });
  assert.equal((await cancel(other, await other.getAttribute("meta[name=csrf]", "content"))).status(), 404);
  assert.equal((await cancel(view, "")).status(), 403);
  await view.goto(address);
  await view.waitForSelector(".counts", { timeout: WAIT });
  assert.equal((await counts(view))[1], ROWS);
});

test("long work is cancelled, and nothing of it is written", async () => {
  await tryLongSheet();
  await view.click("button.danger");
  await view.waitForSelector("table.mapping", { timeout: WAIT });
  await view.goto("/jobs");
  assert.match(await view.innerText("tbody tr"), /已取消/);
  await view.goto("/ledgers/enterprise?name=青禾第");
  assert.equal(await view.locator("tbody .nothing").count(), 1);
});

test("a role without the permission gets neither import nor its traces", async () => {
  const viewer = await page(chrome, server.address);
  await signIn(viewer, await server.person("liu", "city_viewer"));
  for (const path of ["/ledgers/enterprise/import", "/imports", "/ledgers/enterprise/import/template"])
    assert.equal((await viewer.request.get(path)).status(), 403, path);
});

test("what ran when the server was killed is shown as broken off", async () => {
  await tryLongSheet();
  server.child.kill("SIGKILL");
  const again = await serve(server.data);
  try {
    const window = await page(chrome, again.address);
    await signIn(window, clerk);
    await window.goto("/jobs");
    assert.match(await window.innerText("tbody tr"), /long\.csv[\s\S]*已中断/);
  } finally {
    await again.close();
  }
});
