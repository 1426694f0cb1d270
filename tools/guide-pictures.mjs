#!/usr/bin/env node
// The pictures of the user guide, from the demo county: a half-year summary on its way from the clerk to its issue.
//   tools/guide-pictures.mjs        writes docs/pictures; needs build/kezhang and Chromium
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { browser, page, root, serve, signIn } from "../test/web/browser.mjs";

const FOLDER = join(root, "docs/pictures"), MOST = 1 << 20; // bytes, all together
const REPORT = "/reports/half_year_summary", PERIOD = "2020H1";
const SIZE = { width: 1120, height: 640 };

mkdirSync(FOLDER, { recursive: true });
const server = await serve(undefined, { KEZHANG_TODAY: "2020-07-06" });
const chrome = await browser();
let bytes = 0;

async function as(login, name, role) {
  const view = await page(chrome, server.address, SIZE);
  await signIn(view, await server.person(login, role, ["--name", name]));
  return view;
}

async function take(view, name) {
  const path = join(FOLDER, `${name}.png`);
  await view.waitForTimeout(300);
  await view.screenshot({ path });
  bytes += statSync(path).size;
}

const press = (view, selector) => Promise.all([view.waitForNavigation(), view.click(selector)]);

try {
  const clerk = await as("jingban", "沈知夏", "clerk");
  await clerk.goto(`${REPORT}?period=${PERIOD}`);
  await clerk.click("article a[data-figure=hnte_valid]");
  await clerk.waitForSelector("#panel:not([hidden]) .rows");
  await take(clerk, "number");
  await press(clerk, "main button.main");
  const draft = new URL(clerk.url()).pathname;
  await clerk.click(".sharing summary");
  await clerk.selectOption("[name=owner-1]", "jingban");
  await press(clerk, ".sharing button");
  await take(clerk, "draft");
  await clerk.goto(`${draft}/blocks/3`);
  await clerk.fill("[name=figure]", "kjcgdjs");
  await clerk.waitForSelector("#figures .hit");
  await clerk.locator("#figures .hit").first().scrollIntoViewIfNeeded();
  await take(clerk, "block");
  await clerk.goto(`${REPORT}/compare?period=${PERIOD}`);
  await clerk.locator(".beside").nth(3).scrollIntoViewIfNeeded();
  await take(clerk, "compare");
  await clerk.goto("/check");
  await clerk.fill("[name=text]", readFileSync(join(root, "demo/draft-summary.txt"), "utf8"));
  await press(clerk, "main button.main");
  await clerk.locator("article a.differs").first().click();
  await take(clerk, "check");
} finally {
  await chrome.close();
  await server.close();
}
console.log(`${FOLDER}: ${bytes} bytes`);
if (bytes > MOST) process.exitCode = 1;
