// What tests of the web share: a served copy of a data folder, people who may sign in, and Chromium. With KEZHANG_WEB_DB=postgresql
// the copy stands on the PostgreSQL server that KEZHANG_TEST_PG names; where none does, such tests are left out.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { copyToPostgres, place, runSql } from "../e2e/lib.mjs";
import { county } from "./county.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const kezhang = process.env.KEZHANG ?? join(root, "build/kezhang");
export const pictures = process.env.KEZHANG_PICTURES ?? join(root, "build/pictures");

const onPostgres = process.env.KEZHANG_WEB_DB === "postgresql";
if (onPostgres && !process.env.KEZHANG_TEST_PG) {
  console.log("left out: KEZHANG_TEST_PG names no server");
  process.exit(0);
}

/* The one without a window of its own costs a third less. */
const CHROMIUM = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync"];

function copyToSqlite(folder) {
  const store = { folder: place("data") };
  cpSync(folder, store.folder, { recursive: true });
  return store;
}

/** A running `kezhang serve` on a free port over its own copy of a folder (or of the demo county); close() ends it and takes
 *  the copy away. */
export async function serve(folder, environment = {}, options = []) {
  folder ??= await county();
  const store = (onPostgres ? copyToPostgres : copyToSqlite)(folder), data = store.folder;
  const env = { ...process.env, KEZHANG_DATA: data, KEZHANG_LANG: "zh", ...environment };
  const child = spawn(kezhang, ["serve", "--listen", "127.0.0.1:0", ...options], { env, stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (piece) => {
      said += piece;
      const found = said.match(/https?:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`kezhang serve ended with ${code}: ${said}`)));
  });
  /** What a command says, in English, about the same data folder. */
  const command = (...words) => execFileSync(kezhang, words, { env: { ...env, KEZHANG_LANG: "en" }, encoding: "utf8" });
  return {
    ...store, address, data, env, child, command,
    /** Makes an account with a role; {login, first, password}: the first password, and the one to be chosen by the form. */
    async newcomer(login, role, options = [], name = login) {
      const said = command("user", "add", login, "--name", name, "--role", role, ...options);
      return { login, first: said.match(/first password (\S+)/)[1], password: `Lvshui-Qingshan-${login.length}7` };
    },
    /** The same of somebody who has chosen his password long ago: {login, password}. */
    async person(login, ...more) {
      const { first } = await this.newcomer(login, ...more);
      runSql(store, `UPDATE account SET must_change = 0 WHERE login = '${login}'`);
      return { login, password: first };
    },
    async close() {
      const over = child.exitCode !== null || child.signalCode !== null;
      const ended = over || new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Chromium with a new profile; language "zh-CN" or "en", width in pixels. */
export async function browser() {
  return chromium.launch({ executablePath: CHROMIUM.find(existsSync), args: FLAGS });
}

export async function page(chrome, address, { language = "zh-CN", width = 1280, height = 800, dark = false } = {}) {
  const context = await chrome.newContext({
    baseURL: address, locale: language, viewport: { width, height }, colorScheme: dark ? "dark" : "light",
    extraHTTPHeaders: { "Accept-Language": language },
  });
  return context.newPage();
}

/** Signs in; the first time the password is changed to the person's own. */
export async function signIn(view, person) {
  await view.goto("/login");
  await view.fill("[name=login]", person.login);
  await view.fill("[name=password]", person.first ?? person.password);
  await view.click("button.main");
  await view.waitForLoadState();
  if (!view.url().endsWith("/password")) return;
  await view.fill("[name=old]", person.first);
  await view.fill("[name=new]", person.password);
  await view.fill("[name=again]", person.password);
  await view.click("main button.main");
  await view.waitForLoadState();
  delete person.first;
}

/** A window in which somebody new with the role has signed in; its `errors` are those of its scripts. */
export async function windowOf(chrome, server, login, role, options, how) {
  const view = await page(chrome, server.address, how);
  view.errors = [];
  view.on("pageerror", (error) => view.errors.push(String(error)));
  await signIn(view, await server.person(login, role, options));
  return view;
}

const AXE = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");

/** What the page that is open breaks of the rules of accessibility, a line each. */
export async function accessibilityFaults(view) {
  const debug = await view.context().newCDPSession(view);
  await debug.send("Runtime.evaluate", { expression: AXE }); /* past the policy that forbids it on a page */
  await debug.detach();
  return view.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`));
}

export async function picture(view, name, fullPage = true) {
  mkdirSync(pictures, { recursive: true });
  await view.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}
