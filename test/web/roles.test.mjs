// A day of each role in a browser: what it is there for can be done by the pages alone, from the desk or the list to the end. What was seen
// is kept as pictures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page, picture, signIn, windowOf } from "./browser.mjs";
import { signedIn } from "./client.mjs";
import { fill, keep, save, send, take } from "./filling.mjs";
import { ROLES } from "./routes.mjs";
import { stage } from "./stage.mjs";

const CLAIMS = "/ledgers/reward_claim";
const { server, chrome } = await stage();
const windows = new Map();

/* The window of a role, signed in. */
async function as(role, options = [], login = role.replaceAll("_", "-")) {
  if (windows.has(login)) return windows.get(login);
  const view = await windowOf(chrome, server, login, role, options);
  view.setDefaultTimeout(10_000);
  windows.set(login, view);
  return view;
}

/* What the county holds, read by a clerk's program. */
const reader = await signedIn(server, "reader", "clerk"), known = await reader.program("ledger:read");
const records = async (ledger, query) => (await known("GET", `/ledgers/${ledger}/records?${query}`)).body.records;
const say = (view) => view.locator("main").innerText();

let claim; /* the path of the claim that goes through the hands of four */
const paid = {};

test("an enterprise files its own claim", async () => {
  const [old] = await records("reward_claim", "state=paid&rows=1"), firm = old.values.enterprise.title;
  const [{ values: { credit_code } }] = await records("enterprise", `name=${encodeURIComponent(firm)}`);
  Object.assign(paid, { firm, batch: old.values.reward_batch.title, article: old.values.article.title, values: old.values });
  server.command("user", "unit", credit_code, "--name", firm);
  const view = await as("enterprise", ["--unit", credit_code]);
  await view.goto(`${CLAIMS}/new`);
  await fill(view, { claimant: firm, enterprise: firm, reward_batch: paid.batch, reward_kind: old.values.reward_kind, matter: "新事项2026",
    instalment: "1", trigger_on: old.values.trigger_on, amount_claimed: "1000", commitments: ["truthful", "no_secret", "credit"] });
  const status = await send(view);
  if (status !== 303) await keep(view, "按通知申报");
  claim = new URL(view.url()).pathname;
  assert.match(claim, /^\/ledgers\/reward_claim\/\d+$/);
  assert.match(await take(view, claim, "submit", { submitted_on: "2026-10-08" }), /已申报/);
});

test("a section head gives it back and names what is to be completed, the firm completes it, and it is reviewed", async () => {
  const head = await as("section_head"), firm = windows.get("enterprise"), clerk = await as("clerk");
  assert.match(await take(head, claim, "ask", { ":tick.account_name": true, ":note.account_name": "请填开户名称", ":reason": "材料不全" }), /补正/);
  await firm.goto("/todo");
  assert.match(await say(firm), /新事项2026|补正/, "it is on the firm's list");
  await firm.goto(claim);
  assert.match(await say(firm), /开户名称：请填开户名称/);
  await save(firm, `${claim}/edit`, { account_name: paid.firm });
  assert.match(await firm.locator(".head .state").first().innerText(), /已申报/, "what was completed is filed again");
  await take(clerk, claim, "accept", { accepted_on: "2026-10-10" });
  assert.match(await take(head, claim, "review", { article: paid.article, amount_reviewed: "1000", reviewed_on: "2026-10-12" }), /已初审/);
});

test("finance pays what was approved and asked for", async () => {
  const head = await as("section_head"), finance = await as("finance");
  const [approved] = await records("reward_claim", "state=approved&rows=1"), path = `${CLAIMS}/${approved.id}`;
  await take(head, path, "request", { account_name: approved.values.claimant, bank_account: "6222000012345678", pay_requested_on: "2026-11-02" });
  await finance.goto("/todo");
  assert.match(await say(finance), new RegExp(approved.values.claimant), "it is on the list of finance");
  const state = await take(finance, path, "pay", { amount_paid: String(Number(approved.values.amount_approved)), paid_on: "2026-11-05", voucher_no: "2026-奖-9001" });
  assert.match(state, /已拨付/);
});

test("a commissioner logs a service and hands it in; his own name and the villages are offered to him, and nothing else", async () => {
  const view = await as("commissioner"), clerk = await as("clerk");
  const [who, another] = await records("commissioner", "state=enlisted&rows=2"), [village] = await records("village", "rows=1");
  await save(clerk, `/ledgers/commissioner/${who.id}/edit`, { account: "commissioner" });
  const offered = async (ledger, words) => (await (await view.request.get(`/ledgers/${ledger}/options?q=${encodeURIComponent(words)}`)).json());
  assert.deepEqual(await offered("commissioner", ""), [{ id: who.id, text: who.title, note: who.number }]);
  assert.deepEqual(await offered("commissioner", another.title), []);
  assert.deepEqual((await offered("village", village.title)).find(({ id }) => id === village.id), { id: village.id, text: village.title, note: null });
  assert.deepEqual(await offered("enterprise", ""), []);
  assert.equal((await view.goto(`/ledgers/commissioner/${who.id}`)).status(), 200);
  for (const path of [`/ledgers/commissioner/${another.id}`, `/ledgers/village/${village.id}`]) assert.equal((await view.goto(path)).status(), 404, path);
  await view.goto("/ledgers/service_log/new");
  await fill(view, { commissioner: who.title, village: village.title, service_year: "2026", service_from: "2026-10-20", service_to: "2026-10-21", service_days: "2",
    collective_income: "0", summary: "到村指导茶园冬季管护，现场答疑。" });
  if (await send(view) !== 303) await keep(view, "当日服务");
  const path = new URL(view.url()).pathname;
  assert.match(await take(view, path, "submit", { submitted_on: "2026-10-22" }), /已提交/);
  assert.match(await take(await as("section_head"), path, "approve", { approved_on: "2026-10-23" }), /已核准/);
});

test("a unit's reporter completes the return of the survey and sends it", async () => {
  const [back] = await records("survey_return", "state=returned&rows=1");
  const [unit] = await records("organisation", `name=${encodeURIComponent(back.values.unit.title)}`);
  server.command("user", "unit", "DW0001", "--name", unit.title);
  const view = await as("unit_reporter", ["--unit", "DW0001"]), path = `/ledgers/survey_return/${back.id}`;
  await view.goto("/ledgers/survey_return");
  assert.ok(await view.locator(`td.id a[href="${path}"]`).count(), "its own return is in its list");
  const state = await take(view, path, "submit", { head: "温如玉", filler: "田丰禾", submitted_on: "2026-11-03" });
  assert.match(state, /已报送/);
});

test("a viewer opens a number down to its records, and changes nothing", async () => {
  const view = await as("city_viewer");
  await view.goto("/figures/achievements_registered?period=2020H1");
  await Promise.all([view.waitForNavigation(), view.locator("#rows tbody a").first().click()]);
  assert.match(view.url(), /\/ledgers\/achievement\/\d+/);
  assert.match(await say(view), /已登记/);
  assert.equal(await view.locator("main form[method=post] button").count(), 0, "nothing to press");
});

test("three administrators: one makes an account, one gives its role, one reads both; none does business", async () => {
  const system = await as("system_admin"), security = await as("security_admin"), audit = await as("audit_admin");
  await system.goto("/people");
  await fill(system.locator("form[action='/people']"), { login: "newcomer", name: "新来人" });
  await Promise.all([system.waitForNavigation(), system.click("form[action='/people'] button")]);
  const first = (await say(system)).match(/[A-Za-z0-9-]{12,}/)[0];
  await security.goto("/people/newcomer");
  await security.selectOption("form[action$='/roles'] [name=role]", "clerk");
  await Promise.all([security.waitForNavigation(), security.click("form[action$='/roles'] button")]);
  const view = await page(chrome, server.address);
  await signIn(view, { login: "newcomer", first, password: "Lvshui-Qingshan-99" });
  assert.equal((await view.goto("/ledgers/enterprise")).status(), 200);
  await audit.goto("/audit?log=grants");
  assert.match(await say(audit), /newcomer[^]*security-admin|security-admin[^]*newcomer/);
  for (const one of [system, security, audit]) assert.equal((await one.goto("/ledgers/enterprise")).status(), 403);
});

test("an expert scores what is assigned to him, sees no other's score, and declares where he may not", async () => {
  const view = await as("expert"), clerk = await as("clerk"), head = await as("section_head");
  const [me, another] = await records("person", "rows=2"), [entry] = await records("contest_entry", "rows=1");
  await save(clerk, `/ledgers/person/${me.id}/edit`, { account: "expert" });
  const assign = async (expert, matter) => `/ledgers/expert_review/${await save(clerk, "/ledgers/expert_review/new",
    { matter, round: "2026年县级推荐评审", entry: entry.title, expert: expert.title, assigned_on: "2026-10-20", due_on: "2026-12-20" })}`;
  const mine = await assign(me, "山泉净化装置"), kin = await assign(me, "茶园虫情测报"), theirs = await assign(another, "山泉净化装置");
  await view.goto("/todo");
  assert.match(await say(view), /山泉净化装置[^]*茶园虫情测报|茶园虫情测报[^]*山泉净化装置/);
  assert.equal((await view.goto(theirs)).status(), 404);
  assert.equal((await view.goto(`${mine}/edit`)).status(), 403, "what was assigned is not his to change");
  const scores = { no_interest: "yes", innovation: "26", feasibility: "20", market: "21.5", team: "15", opinion: "建议推荐。" };
  await view.goto(`${mine}/steps/submit`);
  await fill(view, { ...scores, total: "90", submitted_on: "2026-11-02" });
  assert.equal(await send(view), 422);
  assert.match(await say(view), /总分不等于四项得分之和/);
  assert.match(await take(view, mine, "submit", { ...scores, total: "82.5", submitted_on: "2026-11-02" }), /已评审/);
  assert.match(await take(view, kin, "recuse", { recused_on: "2026-11-02", ":reason": "曾任该项目顾问" }), /已回避/);
  const figure = (name) => JSON.parse(server.command("figure", name, "--period", "2026-11", "--json"));
  assert.equal(figure("expert_reviews_done").value, "1");
  assert.equal(figure("expert_score_mean").value, "82.5");
  await take(head, mine, "return", { ":reason": "意见过简" });
  assert.match(await take(view, mine, "submit", { opinion: "技术成熟，建议推荐。", submitted_on: "2026-11-03" }), /已评审/);
  await take(head, mine, "set_aside", { set_aside_on: "2026-11-04", ":reason": "最高分，按规则去掉" });
  assert.equal(figure("expert_reviews_done").value, "1");
});

test("an expert has a desk, and nothing of others on it", async () => {
  const view = await as("expert"), [one] = await records("contest_entry", "rows=1");
  assert.equal((await view.goto("/")).status(), 200);
  assert.equal((await view.goto(`/ledgers/contest_entry/${one.id}`)).status(), 404);
  assert.equal((await view.goto("/ledgers/contest_entry/new")).status(), 403);
});

test("the public, and whoever has no role, sees nothing that is not open", async () => {
  assert.ok(!ROLES.has("public"), "the public may nothing");
  const view = await as("public");
  for (const path of ["/ledgers/enterprise", "/figures", "/reports", "/people", "/audit", "/system", "/check", "/imports", "/api/v1/figures"])
    assert.equal((await view.goto(path)).status(), 403, path);
  await view.goto("/");
  assert.equal(await view.locator("nav[aria-label='台账'] a").count(), 0);
});

test("no script failed on the way, and what was seen is kept", async () => {
  for (const [login, view] of windows) {
    await picture(view, `role-${login}`);
    assert.deepEqual(view.errors, [], login);
  }
});
