// One record and everything about it, through a browser and by plain requests: what it says, its way, what belongs to it
// and counts it, its versions, the recycle bin, errands, and the search over all ledgers.
import { test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { kezhang, page, signIn } from "./browser.mjs";
import { fill, save, send, take } from "./filling.mjs";
import { stage } from "./stage.mjs";

const { server, chrome } = await stage();
const chen = await server.person("chen", "clerk"), lu = await server.person("lu", "section_head");
const view = await page(chrome, server.address), other = await page(chrome, server.address);
await signIn(view, chen);
await signIn(other, lu);

// The id that a list gives the first record found by words.
async function find(ledger, words) {
  await view.goto(`/ledgers/${ledger}?q=${encodeURIComponent(words)}`);
  return (await view.locator("td.id a").first().getAttribute("href")).split("/").pop();
}

test("a number goes straight to its record; words, pinyin and initials find it too", async () => {
  await view.goto("/");
  await view.fill(".finder input", "JL-2026-0147");
  await view.press(".finder input", "Enter");
  await view.waitForURL(/\/ledgers\/reward_claim\/\d+$/);
  const name = (await view.locator("h1").textContent()).trim().split(/\s/)[0];
  for (const words of [name, "qinghe", "qhqm"]) {
    await view.goto(`/search?q=${encodeURIComponent(words)}`);
    assert.match((await view.locator(".found h2").allTextContents()).join(), /企业名录/, words);
  }
  await view.goto("/search?q=zzzzqqqq");
  assert.match(await view.locator(".empty").textContent(), /没有找到/);
});

test("an enterprise shows everything about it", async () => {
  await view.goto("/search?q=JL-2026-0147");
  await view.locator(".values a").first().click();
  await view.waitForURL(/\/ledgers\/enterprise\/\d+$/);
  const link = view.locator(".related section", { hasText: "奖励兑现申报" }).locator("h3 a");
  const count = Number((await link.textContent()).match(/\d+/)[0]);
  assert.ok(count >= 1);
  await link.click();
  assert.match(await view.locator(".count").textContent(), new RegExp(`^${count}\\D`));
});

test("the step bar tells the way and what comes", async () => {
  await view.goto("/search?q=JL-2026-0147");
  assert.equal(await view.locator(".course .now b").textContent(), "已审定");
  assert.ok(await view.locator(".course .past").count() >= 3);
  assert.deepEqual(await view.locator(".course .next b").allTextContents(), ["已请款", "已拨付", "已归档"]);
});

test("the figures that count it are those whose rows hold it", async () => {
  await view.goto("/search?q=JL-2026-0147");
  await view.selectOption("#period", "2020H1");
  await view.locator(".counted-in button").click();
  const id = Number(view.url().match(/reward_claim\/(\d+)/)[1]);
  const names = await view.locator(".figures a").evaluateAll((links) => links.map((link) => link.pathname.split("/").pop()));
  assert.ok(names.length > 0);
  for (const name of names) {
    const said = execFileSync(kezhang, ["figure", name, "--period", "2020H1", "--rows", "--json"], { env: server.env, encoding: "utf8" });
    assert.ok(JSON.parse(said).rows.some((row) => row.id === id), name);
  }
});

test("a change is a version beside the one before it, and the day before is still known", async () => {
  const id = await find("enterprise", "恒信新材料"), path = `/ledgers/enterprise/${id}`;
  await view.goto(`${path}/edit`);
  await view.fill("[name=contact]", "赵新人");
  await view.locator("main form button.main").first().click();
  await view.waitForURL(new RegExp(`${path}$`));
  assert.match(await view.locator(".values").first().textContent() + await view.locator(".record-body").textContent(), /赵新人/);
  await view.locator(".history a").first().click();
  const line = view.locator(".versions tbody tr", { hasText: "联系人" }).first();
  assert.equal(await line.locator("ins").textContent(), "赵新人");
  assert.notEqual(await line.locator("del").textContent(), "");
  assert.equal(await view.locator(".versions").first().locator("tbody tr").count(), 1); // nothing else differs
  await view.goto(`${path}?as_at=2020-07-05`);
  assert.match(await view.locator(".finding").textContent(), /还没有这条记录/);
  await view.goto(`${path}?as_at=tomorrow`);
  assert.match(await view.locator(".finding").textContent(), /不是已到的日期/);
});

test("personal fields are shown once, with a reason that the audit administrator reads", async () => {
  const id = await find("enterprise", "恒信电子"), path = `/ledgers/enterprise/${id}`;
  await view.goto(path);
  const masked = await view.locator(".values div", { hasText: "联系电话" }).locator("dd").textContent();
  assert.match(masked, /\*/);
  await view.locator(".unmask summary").click();
  await view.fill(".unmask input[name=reason]", "通知领取证书");
  await view.locator(".unmask button").click(); // and it is asked who sits there
  assert.match(await view.locator(".finding").textContent(), /再次确认/);
  await view.locator(".unmask summary").click();
  await view.fill(".unmask input[name=reason]", "通知领取证书");
  await view.fill(".unmask input[name=secret]", "Qinghe-2026-wrong");
  await view.locator(".unmask button").click();
  assert.match(await view.locator(".finding").textContent(), /密码不对/);
  assert.match(await view.locator(".values div", { hasText: "联系电话" }).locator("dd").textContent(), /\*/);
  await view.locator(".unmask summary").click();
  await view.fill(".unmask input[name=reason]", "通知领取证书");
  await view.fill(".unmask input[name=secret]", chen.password);
  await view.locator(".unmask button").click();
  const whole = await view.locator(".values div", { hasText: "联系电话" }).locator("dd").textContent();
  assert.match(whole, /^\d{7,}$/);
  await view.goto(path);
  assert.equal(await view.locator(".values div", { hasText: "联系电话" }).locator("dd").textContent(), masked);
  assert.equal(await view.locator("[name=secret]").count(), 0); // for a short time it is not asked again
  const audit = await page(chrome, server.address);
  await signIn(audit, await server.person("shen", "audit_admin"));
  await audit.goto("/audit?log=disclosures");
  assert.match(await audit.locator("tbody tr").first().textContent(), /chen.*通知领取证书.*企业名录/s);
  await audit.context().close();
});

test("a record goes to the recycle bin with a reason and comes back with one", async () => {
  const id = await find("technical_contract", "JH-2026-0034"), path = `/ledgers/technical_contract/${id}`;
  await view.goto(path);
  await view.locator(".more summary").click();
  await view.fill(".more input[name=reason]", "重复登记");
  await view.locator(".more button.danger").click();
  await view.waitForURL(new RegExp(`${path}$`));
  assert.match(await view.locator(".band.gone").textContent(), /chen.*重复登记/s);
  await view.goto("/ledgers/technical_contract/withdrawn");
  assert.match(await view.locator("tbody tr").first().textContent(), /JH-2026-0034.*重复登记/s);
  await view.locator("tbody a").first().click();
  await view.fill(".band input[name=reason]", "不重复");
  await view.locator(".band button").click();
  await view.waitForURL(new RegExp(`${path}$`));
  assert.equal(await view.locator(".band").count(), 0);
  assert.match(await view.locator(".history li").first().textContent(), /不重复/);
});

test("who is asked to sign sees it, and the step waits until he has", async () => {
  await view.goto("/search?q=JL-2026-0160");
  const path = new URL(view.url()).pathname;
  await view.goto(`${path}/errands/new?kind=sign`);
  await view.locator("main button.main").click(); // nobody is chosen
  assert.match(await view.locator(".finding").textContent(), /没有选人/);
  await view.check("input[value=lu]");
  await view.fill("textarea", "请核对金额");
  await view.locator("main button.main").click();
  await view.waitForURL(new RegExp(`${path}$`));
  assert.match(await view.locator(".course .now").textContent(), /待lu会签.*chen/s);
  await view.locator(".actions a[href*='/steps/']").first().click(); // at the door it is said again
  assert.match(await view.locator(".finding.wrong").textContent(), /待lu会签.*chen/s);
  await view.fill("[name=':reason']", "着急");
  await view.locator("main form button.main").click();
  assert.match(await view.locator(".findings, .problems, main").first().textContent(), /正在等lu会签/);
  await view.goto(path);
  await other.goto("/");
  assert.match(await other.locator(".work li").first().textContent(), /JL-2026-0160.*会签 chen.*请核对金额/s);
  await other.locator(".work li a").first().click();
  await other.waitForURL(new RegExp(`${path}$`));
  assert.match(await other.locator(".ask").textContent(), /请核对金额/);
  await other.fill(".ask input[name=opinion]", "金额无误");
  await other.locator(".ask button.main").click();
  await other.waitForURL(new RegExp(`${path}$`));
  assert.equal(await other.locator(".ask").count(), 0);
  await view.reload();
  assert.equal(await view.locator(".course .waits").count(), 0);
  assert.match(await view.locator(".errands").textContent(), /同意.*金额无误/s);
  assert.equal(await view.locator(".errands .waits").count(), 0);
  await view.goto(`${path}/edit`);
  await view.fill("[name=note]", "补记");
  await view.locator("main form button.main").first().click();
  await view.waitForURL(new RegExp(`${path}$`));
  assert.match(await view.locator(".errands .waits").textContent(), /其后有变动/); // what lu signed was another text
});

test("who is gone asks for nothing any more: others take it back", async () => {
  const gone = await page(chrome, server.address);
  await signIn(gone, await server.person("zhao", "clerk"));
  await gone.goto("/search?q=JL-2026-0161");
  const path = new URL(gone.url()).pathname;
  await gone.goto(`${path}/errands/new?kind=sign`);
  await gone.check("input[value=lu]");
  await gone.locator("main button.main").click();
  await gone.waitForURL(new RegExp(`${path}$`));
  await gone.context().close();
  await view.goto(path);
  assert.equal(await view.locator(".errands button").count(), 0); // not his
  execFileSync(kezhang, ["user", "disable", "zhao"], { env: server.env });
  await view.reload();
  await view.locator(".errands button").click();
  await view.waitForURL(new RegExp(`${path}$`));
  assert.equal(await view.locator(".course .waits").count(), 0);
});

test("the desk tells what was done and begun, each in its list", async () => {
  for (const [path, words] of [["/done", "青禾恒信新材料"], ["/todo", "天"], ["/started", "还没有登记过记录"], ["/copied", "没有抄送"]]) {
    await view.goto(path);
    assert.equal(await view.locator(".tabs [aria-current]").getAttribute("href"), path);
    assert.match(await view.locator(".work").textContent(), new RegExp(words), path);
  }
  await view.goto("/");
  assert.ok(await view.locator(".late li").count() > 0); // targets that are behind
  assert.equal(await view.locator(".recent li").count(), 8);
});

test("what somebody may not see or do is missing or refused", async () => {
  const id = await find("enterprise", "恒信电子"), path = `/ledgers/enterprise/${id}`;
  const guest = await page(chrome, server.address);
  await signIn(guest, await server.person("gu", "city_viewer"));
  await guest.goto(path);
  assert.match(await guest.locator(".values div", { hasText: "联系电话" }).locator("dd").textContent(), /^•+$/);
  assert.equal(await guest.locator(".unmask, .more button.danger").count(), 0);
  const csrf = await guest.locator("meta[name=csrf]").getAttribute("content");
  for (const [way, form] of [["unmask", { reason: "x" }], ["withdraw", { reason: "x", version: "1" }], ["errands", { kind: "sign", taker: "lu" }]]) {
    const answer = await guest.request.post(`${path}/${way}`, { form: { csrf, ...form }, maxRedirects: 0 });
    assert.equal(answer.status(), 403, way);
  }
  const firm = await page(chrome, server.address);
  await signIn(firm, await server.person("firm", "enterprise")); // of no unit
  assert.equal((await firm.goto(path)).status(), 404);
  assert.equal((await firm.goto(`${path}/versions/1`)).status(), 404);
  await firm.goto("/search?q=恒信电子");
  assert.equal(await firm.locator(".found").count(), 0);
  const stranger = await page(chrome, server.address);
  assert.match((await stranger.goto(path)).url(), /\/login/);
  const plain = await view.request.post(`${path}/unmask`, { form: { reason: "x" }, maxRedirects: 0 });
  assert.equal(plain.status(), 403); // without the token of a page of ours
  for (const one of [guest, firm, stranger]) await one.context().close();
});

let late; // the path of an achievement whose steps are entered later than they were taken
const course = (tone) => view.locator(`.course .${tone} b`).allTextContents();

test("steps entered late with their own days stand in the order of the log, and it is where it is", async () => {
  const firm = (await view.request.get("/ledgers/enterprise/options?q=qinghe").then((answer) => answer.json()))[0].text;
  late = `/ledgers/achievement/${await save(view, "/ledgers/achievement/new", { title: "补录成果", owner: firm, class: "soft", non_secret: "yes" })}`;
  await take(view, late, "announce", { notice_from: "2026-03-02" });
  await take(view, late, "check_county", { county_checked_on: "2026-03-16" });
  await view.goto(late);
  assert.deepEqual(await course("past"), ["草稿", "单位公示"]);
  assert.deepEqual(await course("now"), ["县级初审"]);
  assert.match(await view.locator(".course .now").innerText(), /2026-03-16|3月16日/);
});

test("a dispute that is settled goes on from where it stood, and not behind its days", async () => {
  await take(view, late, "check_city", { city_checked_on: "2026-03-20" });
  await take(view, late, "dispute", { disputed_on: "2026-03-25", ":reason": "完成人有异议" });
  assert.equal(await view.locator(`a[href^="${late}/steps/"]`, { hasText: "省级受理" }).count(), 0, "nothing goes on while it is disputed");
  await take(other, late, "settle", { settled_on: "2026-04-02", ":reason": "各方达成一致" });
  await view.goto(late);
  assert.deepEqual(await course("past"), ["草稿", "单位公示", "县级初审", "市级审核", "有争议"]);
  assert.deepEqual(await course("now"), ["争议已解决"]);
  await view.goto(`${late}/steps/announce_province`);
  await fill(view, { province_notice_on: "2026-04-10" });
  assert.equal(await send(view), 422, "the province has not accepted it");
  await take(view, late, "accept", { province_accepted_on: "2026-04-10" });
  await view.goto(late);
  assert.deepEqual(await course("now"), ["省级受理"]);
});

test("on a phone and in English nothing runs over the edge", async () => {
  const phone = await page(chrome, server.address, { width: 390, height: 780, language: "en-US" });
  await signIn(phone, chen);
  await phone.goto("/search?q=JL-2026-0147");
  for (const path of [new URL(phone.url()).pathname, `${new URL(phone.url()).pathname}/versions/1`, "/search?q=qinghe"]) {
    await phone.goto(path);
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
  }
  await phone.context().close();
});
