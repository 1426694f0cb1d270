// How forms of records are filled and sent in a browser.
import assert from "node:assert/strict";

/** Fills inputs by their name; a list ticks boxes, true and false tick one. */
export async function fill(view, values) {
  for (const [name, value] of Object.entries(values)) {
    const input = view.locator(`[name="${name}"]:not([type=hidden])`);
    if (Array.isArray(value)) for (const word of value) await view.check(`[name="${name}"][value="${word}"]`);
    else if (typeof value === "boolean") await input.setChecked(value);
    else if (await input.first().evaluate((box) => box.tagName === "SELECT")) await input.selectOption(value);
    else if (await input.first().evaluate((box) => box.type === "radio")) await view.check(`[name="${name}"][value="${value}"]`);
    else await input.fill(value);
  }
}

/** Sends the form of the page; the status of the answer. */
export async function send(view) {
  const [answer] = await Promise.all([
    view.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === "POST"),
    view.click(".foot .main"),
  ]);
  await view.waitForLoadState();
  return answer.status();
}

/** The id of the record that was saved. */
export async function save(view, path, values) {
  await view.goto(path);
  await fill(view, values);
  assert.equal(await send(view), 303, await view.locator("main").innerText());
  return view.url().match(/\/(\d+)$/)?.[1];
}

/** Saves a record that has only warnings. */
export async function keep(view, reason) {
  assert.equal(await send(view), 422);
  await fill(view, { ":reason": reason });
  assert.equal(await send(view), 303, await view.locator("main").innerText());
}

/** Takes a step of a record from its page, as people do: by the button there. The state that it is in then. */
export async function take(view, path, step, values = {}) {
  const say = () => view.locator("main").innerText(), button = `a[href^="${path}/steps/${step}"]`;
  await view.goto(path);
  assert.ok(await view.locator(button).count(), `no way to ${step}: ${await say()}`);
  await view.click(button);
  await fill(view, values);
  assert.equal(await send(view), 303, await say());
  return view.locator(".head .state").first().innerText();
}
