// The demo county as a data folder, made once for all tests of the web and kept beside the build until the program changes.
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, PROGRAM, countySheets, importSheet, expectDone, sleep } from "../e2e/lib.mjs";

const WAIT_MS = 300_000;

/** The path of the folder. Whoever comes while another makes it waits. */
export async function county() {
  const built = statSync(PROGRAM);
  const folder = join(ROOT, "build", `web-county-${Math.floor(built.mtimeMs)}-${built.size}`);
  const lock = `${folder}.lock`;
  for (const start = Date.now(); !existsSync(folder); await sleep(200)) {
    if (Date.now() - start > WAIT_MS) throw new Error(`nobody finished ${folder}; remove ${lock}`);
    try { mkdirSync(lock); } catch { continue; }
    if (!existsSync(folder)) make(folder);
    rmSync(lock, { recursive: true });
  }
  return folder;
}

function make(folder) {
  const store = { folder: `${folder}.part` };
  rmSync(store.folder, { recursive: true, force: true });
  expectDone(store, "init", "--name", "青禾县科技局");
  for (const sheet of countySheets()) importSheet(store, sheet);
  renameSync(store.folder, folder);
}
