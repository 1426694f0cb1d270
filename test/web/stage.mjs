// What a test in a browser begins with, and its end when the tests of the file are over.
import { after } from "node:test";
import { browser, serve } from "./browser.mjs";

/** {server, chrome}: a served copy of a data folder (or of the demo county), and Chromium. */
export async function stage({ folder, environment } = {}) {
  const server = await serve(folder, environment), chrome = await browser();
  after(async () => {
    await chrome.close();
    await server.close();
  });
  return { server, chrome };
}
