// Entering and changing records, steps, decisions over many, files: as people do them in a browser, and as programs try to.
import { test } from "node:test";
import assert from "node:assert/strict";
import { databases, write } from "../e2e/lib.mjs";
import { page, signIn } from "./browser.mjs";
import { fill, keep, save, send } from "./filling.mjs";
import { stage } from "./stage.mjs";

const { server, chrome } = await stage({ folder: databases[0].make().folder });
const people = {};

async function enter(login, role, options) {
  const view = await page(chrome, server.address, options);
  view.setDefaultTimeout(5000);
  await signIn(view, await server.person(login, role));
  return view;
}

for (const [login, role] of [["chen", "clerk"], ["lin", "clerk"], ["zhou", "section_head"], ["look", "city_viewer"], ["wei", "enterprise"]])
  people[login] = await enter(login, role);
await save(people.chen, "/ledgers/organisation/new", { name: "青禾县农业农村局", short_name: "农业局" });
await save(people.chen, "/ledgers/organisation/new", { name: "青禾县卫生健康局" });

const value = (view, name) => view.inputValue(`[name="${name}"]:not([type=hidden])`);
const course = { name: "茶园管护培训", topics: ["agriculture"], audience: "villagers", start_on: "2020-05-02", place: "新河村文化广场", count_method: "sign_in" };

test("all that is wrong is said at once, beside its field, and nothing that was typed is lost", async () => {
  const view = people.chen;
  await view.goto("/ledgers/training/new");
  await fill(view, { start_on: "2020-05-02", end_on: "2020-05-01", person_times: "很多", organiser: "没有这个单位", "lecturers.0.lecturer_title": "研究员", note: "第一行\n第二行" });
  assert.equal(await send(view), 422);
  const said = await view.locator("#problems li").allInnerTexts();
  for (const word of ["培训名称", "培训主题", "结束日期早于开始日期", "培训人次", "没有这个单位", "第1行姓名"])
    assert.ok(said.some((line) => line.includes(word)), `${word} in ${said.join(" | ")}`);
  assert.equal(await view.getAttribute("[name=name]", "aria-invalid"), "true");
  assert.match(await view.locator("#f-person_times-said").innerText(), /数字/);
  assert.equal(await value(view, "person_times"), "很多");
  assert.equal(await value(view, "lecturers.0.lecturer_title"), "研究员");
  assert.equal(await value(view, "note"), "第一行\n第二行");
  await view.click("#problems a:has-text('培训人次')");
  assert.equal(await view.evaluate(() => document.activeElement.id || location.hash.slice(1)), "f-person_times");
});

test("blank, 0 and not applicable are three values", async () => {
  const view = people.chen;
  await view.goto("/ledgers/training/new");
  await view.hover(".field:has([name=women])");
  const id = await save(view, "/ledgers/training/new", { ...course, name: "三种空", audience: "officials", women: "0", "poor.na": true });
  await view.goto(`/ledgers/training/${id}/edit`);
  assert.equal(await value(view, "women"), "0");
  assert.equal(await view.isChecked("[name='poor.na']"), true);
  assert.equal(await value(view, "persons"), "");
  assert.equal(await view.isChecked("[name='persons.na']"), false);
});

test("a reference is looked up while one types, by keyboard alone", async () => {
  const view = people.chen;
  await view.goto("/ledgers/training/new");
  await view.focus("[name=organiser]");
  await view.keyboard.type("qhxwsjk");
  await view.waitForSelector("[role=option]");
  await view.keyboard.press("ArrowDown");
  assert.equal(await view.getAttribute("[name=organiser]", "aria-expanded"), "true");
  await view.keyboard.press("Enter");
  assert.equal(await value(view, "organiser"), "青禾县卫生健康局");
  assert.match(await view.inputValue("[name='organiser.id']"), /^\d+$/);
  await view.keyboard.type("x");
  assert.equal(await view.inputValue("[name='organiser.id']"), "");
});

test("without JavaScript: names typed, files sent along, more rows asked for", async () => {
  const context = await chrome.newContext({ baseURL: server.address, locale: "zh-CN", javaScriptEnabled: false });
  await context.addCookies(await people.chen.context().cookies());
  const view = await context.newPage();
  await view.goto("/ledgers/training/new");
  await fill(view, { ...course, name: "无脚本", audience: "officials", organiser: "农业局", "lecturers.0.lecturer": "高敏" });
  await view.click("[name=':more']");
  await fill(view, { "lecturers.2.lecturer": "周立", "lecturers.2.lecturer_hours": "2.5" });
  await view.setInputFiles("[name='evidence.new']", write("签到表.txt", "高敏\n周立\n"));
  assert.equal(await send(view), 303);
  const id = view.url().match(/\/(\d+)$/)[1];
  await view.goto(`/ledgers/training/${id}/edit`);
  assert.equal(await value(view, "organiser"), "青禾县农业农村局");
  assert.equal(await value(view, "lecturers.1.lecturer"), "周立", "blank rows are none");
  assert.equal(await value(view, "lecturers.1.lecturer_hours"), "2.5");
  assert.match(await view.locator("[data-files=evidence] li").innerText(), /签到表\.txt/);
  await context.close();
});

test("who was slower sees both values and goes on", async () => {
  const id = await save(people.chen, "/ledgers/training/new", { ...course, name: "两人同改", audience: "officials" });
  await people.lin.goto(`/ledgers/training/${id}/edit`);
  await save(people.chen, `/ledgers/training/${id}/edit`, { place: "县委党校", persons: "30", person_times: "40" });
  await fill(people.lin, { place: "图书馆", leaflets: "50" });
  assert.equal(await send(people.lin), 409);
  const rows = await people.lin.locator(".conflict tbody tr").allInnerTexts();
  assert.ok(rows.some((row) => /新河村文化广场.*县委党校.*图书馆/s.test(row)), rows.join());
  assert.equal(await value(people.lin, "place"), "图书馆");
  assert.equal(await value(people.lin, "persons"), "30", "what only the other changed is taken over");
  assert.equal(await send(people.lin), 303);
  await people.chen.goto(`/ledgers/training/${id}/edit`);
  assert.deepEqual([await value(people.chen, "place"), await value(people.chen, "persons"), await value(people.chen, "leaflets")], ["图书馆", "30", "50"]);
});

test("what is not saved is kept as a draft, and offered when one comes back", async () => {
  const view = people.lin;
  await view.goto("/ledgers/organisation/new");
  await fill(view, { name: "青禾县气象局", note: "写到一半" });
  await view.waitForSelector(".foot [aria-live]:has-text('草稿')");
  await view.goto("/ledgers/organisation/new");
  assert.equal(await value(view, "name"), "");
  await view.click("a[href='?draft=yes']");
  assert.deepEqual([await value(view, "name"), await value(view, "note")], ["青禾县气象局", "写到一半"]);
  assert.equal(await send(view), 303);
  await view.goto("/ledgers/organisation/new");
  assert.equal(await view.locator("a[href='?draft=yes']").count(), 0, "what was saved leaves no draft");
});

test("a personal number is masked, and stays when it is not touched", async () => {
  const id = await save(people.chen, "/ledgers/commissioner/new", { name: "高敏", unit: "农业局", level: "county", phone: "13800001234" });
  await people.chen.goto(`/ledgers/commissioner/${id}/edit`);
  const masked = await value(people.chen, "phone");
  assert.match(masked, /^138\*+1234$/);
  await save(people.chen, `/ledgers/commissioner/${id}/edit`, { speciality: "茶叶" });
  await people.chen.goto(`/ledgers/commissioner/${id}/edit`);
  assert.equal(await value(people.chen, "phone"), masked);
  assert.equal(await value(people.chen, "speciality"), "茶叶");
  await save(people.chen, `/ledgers/commissioner/${id}/edit`, { phone: "13900005678" });
  await people.chen.goto(`/ledgers/commissioner/${id}/edit`);
  assert.match(await value(people.chen, "phone"), /^139\*+5678$/);
});

test("a warning is kept with a written reason, and not without", async () => {
  const view = people.chen;
  await view.goto("/ledgers/training/new");
  await fill(view, { ...course, name: "人少", audience: "officials", person_times: "3" });
  assert.equal(await send(view), 422);
  assert.match(await view.locator("#problems").innerText(), /不足5人次/);
  assert.equal(await send(view), 422);
  await fill(view, { ":reason": "小范围现场教学" });
  assert.equal(await send(view), 303);
});

test("a step asks for what it needs; its condition is told in words", async () => {
  const view = people.chen;
  await save(view, "/ledgers/reward_batch/new", { batch_year: "2020", round: "1", name: "2020年第一批" });
  await view.goto("/ledgers/reward_claim/new");
  await fill(view, { claimant: "高敏", reward_batch: "2020年第一批", reward_kind: "patent_industry", matter: "ZL2020", trigger_on: "2020-02-01", amount_claimed: "5,000" });
  await keep(view, "先登记");
  const path = new URL(view.url()).pathname;
  await view.goto(`${path}/steps/submit`);
  await fill(view, { ":reason": "材料齐" });
  assert.equal(await send(view), 422);
  const said = await view.locator("#problems").innerText();
  assert.match(said, /条件/);
  assert.doesNotMatch(said, /commitments|contains/);
  await view.goto(`${path}/edit`);
  await fill(view, { commitments: ["truthful", "no_secret", "credit"] });
  await keep(view, "先登记");
  assert.equal(await save(view, `${path}/steps/submit`, { submitted_on: "2020-03-02", ":reason": "材料齐" }), path.split("/").pop());
  /* Returned once, with everything that is to be completed. */
  await view.goto(`${path}/steps/ask`);
  assert.equal(await send(view), 422);
  await fill(view, { ":tick.bank_account": true, ":tick.evidence": true });
  await fill(view, { ":note.evidence": "缺审计报告", ":also": "请盖章", ":reason": "材料不全" });
  assert.equal(await send(view), 303);
  await view.goto(`${path}/edit`);
  assert.equal(await value(view, "missing"), "1. 银行账号\n2. 申报材料：缺审计报告\n3. 请盖章");
  assert.equal((await view.goto(`${path}/steps/review`)).status(), 403, "a step of the section head");
});

test("one decision over many: seen first, then done for those that can go", async () => {
  const ids = [];
  for (const name of ["批量一", "批量二", "批量三"]) ids.push(await save(people.chen, "/ledgers/training/new", { ...course, name, audience: "officials" }));
  const view = people.zhou;
  await view.goto(`/ledgers/training/${ids[2]}/steps/cancel`);
  await view.evaluate(() => { /* what only a step that returns a record asks for */
    const more = Object.assign(document.createElement("input"), { type: "hidden", name: ":also", value: "请盖章" });
    document.querySelector("main form[method=post]").append(more);
  });
  assert.equal(await send(view), 422, "a reason is asked for");
  await fill(view, { ":reason": "重复" });
  assert.equal(await send(view), 303);
  await view.goto("/ledgers/training?name=批量");
  for (const id of ids) await view.check(`td.pick [value="${id}"]`);
  await view.selectOption(".batch select", "cancel");
  await view.fill(".batch [name=reason]", "计划调整");
  await view.click(".batch button");
  await view.waitForSelector("[name=sure]", { state: "attached" });
  assert.match(await view.locator("section.card").nth(1).innerText(), /批量三.*已取消/s);
  assert.equal(await send(view), 200);
  assert.match(await view.locator(".said").innerText(), /2/);
  await view.goto("/ledgers/training?name=批量&state=cancelled");
  assert.equal(await view.locator("tbody td.pick").count(), 3);
});

async function post(view, path, form) {
  await view.goto("/ledgers/organisation");
  const csrf = await view.getAttribute("meta[name=csrf]", "content");
  return view.request.post(path, { ...form, headers: { "X-CSRF-Token": csrf, Origin: server.address }, maxRedirects: 0 });
}

test("a file is given out only through a record one may see, and never as a page of ours", async () => {
  const html = "<!doctype html><script>alert(1)</script>";
  const upload = (name, text) => post(people.chen, "/files", { multipart: { file: { name, mimeType: "image/png", buffer: Buffer.from(text) } } });
  const kept = await (await upload("../../etc/网页.html", html)).json();
  assert.equal(kept.name, "网页.html");
  assert.equal(kept.type, "text/html");
  const hash = kept.text.split(".")[0];
  assert.equal((await people.chen.request.get(`/files/${hash}`)).status(), 404, "no record names it yet");
  const id = await save(people.chen, "/ledgers/training/new", { ...course, name: "附件", audience: "officials" });
  const attach = async (view, text, record) => {
    await view.goto(`/ledgers/training/${record}/edit`);
    await view.evaluate((word) => {
      const box = Object.assign(document.createElement("input"), { type: "hidden", name: "evidence", value: word });
      document.querySelector("#record").append(box);
    }, text);
    return send(view);
  };
  assert.equal(await attach(people.chen, kept.text, id), 303);
  for (const path of [`/files/${hash}`, `/files/${hash}?of=training/${id}`]) {
    const answer = await people.chen.request.get(path);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()["content-disposition"], /^attachment/);
    assert.equal(answer.headers()["content-type"], "application/octet-stream");
    assert.match(answer.headers()["content-security-policy"], /sandbox/);
    assert.equal(await answer.text(), html);
  }
  assert.equal((await people.wei.request.get(`/files/${hash}`)).status(), 404, "sees no training");
  assert.equal((await people.chen.request.get(`/files/${hash}?of=organisation/${id}`)).status(), 404);
  for (const path of ["/files/..%2f..%2fseal.key", "/files/seal.key", `/files/${"0".repeat(64)}`, `/files/${hash.toUpperCase()}x`])
    assert.ok([400, 404].includes((await people.chen.request.get(path)).status()), path);
  /* Who knows a hash has not thereby got the file. */
  const other = await save(people.lin, "/ledgers/training/new", { ...course, name: "他人附件", audience: "officials" });
  await attach(people.lin, `${hash}.forged`, other);
  await people.lin.goto(`/ledgers/training/${other}/edit`);
  assert.equal(await people.lin.locator("[data-files=evidence] li").count(), 0);
  assert.equal((await upload("leer.txt", "")).status(), 422);
});

test("who may not enter gets no form, and what lacks the token is refused", async () => {
  assert.equal((await people.look.goto("/ledgers/training/new")).status(), 403);
  assert.equal((await people.chen.request.post("/ledgers/training/new", { form: { name: "伪造" } })).status(), 403);
  assert.equal((await people.chen.goto("/ledgers/training/99999/edit")).status(), 404);
  assert.equal((await post(people.look, "/ledgers/training/batch", { form: { step: "cancel", id: "1" } })).status(), 403);
});
