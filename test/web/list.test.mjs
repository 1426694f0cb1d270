// Lists: filters stand in the address, totals are of what is filtered, and filters are kept under a name.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { serve } from "./browser.mjs";
import { signedIn } from "./client.mjs";

let server, clerk, head;
before(async () => {
  server = await serve();
  clerk = await signedIn(server, "clerk", "clerk");
  head = await signedIn(server, "head", "section_head");
});
after(() => server.close());

const LIST = "/ledgers/reward_claim";
const rows = ({ text }) => [...text.matchAll(/<td class="id"><a href="([^"]+)">/g)].map(([, url]) => url);
const count = ({ text }) => Number(text.match(/<span class="count"[^>]*>(\d+)/)[1]);

test("a filter narrows the list and its totals", async () => {
  const all = await clerk.get(LIST), paid = await clerk.get(`${LIST}?state=paid`), none = await clerk.get(`${LIST}?claimant=no-such-one`);
  assert.ok(count(paid) > 0 && count(paid) < count(all));
  assert.equal(count(none), 0);
  assert.match(paid.text, /<tfoot>/);
  const two = await clerk.get(`${LIST}?state=paid&state=archived`);
  assert.ok(count(two) >= count(paid));
});

test("what is wrong in a filter is said, and the list is not lost", async () => {
  for (const query of ["amount_paid.min=many", "paid_on.from=2020-13-01", "where=nothing+%3D+1", "sort=nothing", "after=zz"]) {
    const answer = await clerk.get(`${LIST}?${query}`);
    assert.equal(answer.status, 422, query);
    assert.match(answer.text, /role="alert"/);
  }
});

test("a quote in a filter is a quote", async () => {
  const answer = await clerk.get(`${LIST}?claimant=${encodeURIComponent("a' or 'b'='b")}`);
  assert.equal(answer.status, 200);
  assert.equal(count(answer), 0);
});

test("pages go forth and back by place", async () => {
  const first = await clerk.get(`${LIST}?sort=-amount_paid`);
  const next = first.text.match(/href="([^"]+)" rel="next"/)[1].replaceAll("&amp;", "&");
  const second = await clerk.get(next);
  const previous = second.text.match(/href="([^"]+)" rel="prev"/)[1].replaceAll("&amp;", "&");
  assert.deepEqual(rows(await clerk.get(previous)), rows(first));
  assert.equal(rows(second).filter((url) => rows(first).includes(url)).length, 0);
});

test("filters are kept under a name, for oneself or for all, and taken away by their owner alone", async () => {
  await clerk.get(LIST);
  const kept = await clerk.post(`${LIST}/views`, { name: "已拨付的", query: "state=paid", shared: "yes" });
  assert.equal(kept.headers.get("location"), `${LIST}?state=paid`);
  await clerk.post(`${LIST}/views`, { name: "我自己的", query: "state=draft" });
  assert.match((await clerk.get(LIST)).text, /我自己的/);
  const seen = await head.get(LIST);
  assert.match(seen.text, /<a href="\/ledgers\/reward_claim\?state=paid">已拨付的<\/a>/);
  assert.doesNotMatch(seen.text, /我自己的/);
  assert.equal((await head.post(`${LIST}/views/drop`, { name: "已拨付的" })).status, 404);
  assert.equal((await clerk.post(`${LIST}/views`, { name: "x", query: "a=\"><script>" })).status, 400);
  await clerk.post(`${LIST}/views/drop`, { name: "已拨付的" });
  assert.doesNotMatch((await head.get(LIST)).text, /已拨付的/);
});
