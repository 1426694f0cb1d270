// Pictures of pages, for whoever works on them:
//   node test/web/look.mjs ROLE PATH… [--en] [--phone] [--dark] [--data DIR]      pictures go to build/pictures
import { serve, browser, page, signIn, picture, root } from "./browser.mjs";
import { join } from "node:path";

const words = process.argv.slice(2);
const flag = (name) => words.includes(name) && words.splice(words.indexOf(name), 1).length > 0;
const option = (name, other) => words.includes(name) ? words.splice(words.indexOf(name), 2)[1] : other;
const how = { language: flag("--en") ? "en" : "zh-CN", dark: flag("--dark"), width: flag("--phone") ? 390 : 1360 };
const data = option("--data", process.env.KEZHANG_DATA ?? join(root, "kezhang-data"));
const [role, ...paths] = words;
const server = await serve(data, { KEZHANG_UI: join(root, "ui") });
const chrome = await browser();
try {
  const view = await page(chrome, server.address, how);
  view.on("console", (message) => { if (message.type() === "error") console.error(message.text()); });
  view.on("pageerror", (error) => console.error(String(error)));
  await signIn(view, await server.person("chen", role));
  for (const path of paths) {
    const answer = await view.goto(path);
    await view.waitForTimeout(300);
    const name = path.replace(/[^a-z0-9]+/gi, "_").replace(/^_|_$/g, "") || "home";
    await picture(view, name);
    console.log(answer.status(), path, `build/pictures/${name}.png`);
  }
} finally {
  await chrome.close();
  await server.close();
}
