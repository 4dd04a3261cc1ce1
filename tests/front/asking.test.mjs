import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { openSources, runAll, stopRun } from "../../static/js/actions.js";
import { ask } from "../../static/js/asking/ask.js";
import { newPageId } from "../../static/js/asking/page-id.js";
import { waitBefore } from "../../static/js/asking/patience.js";
import { createStore, initialState } from "../../static/js/store.js";

const realFetch = globalThis.fetch;
const EMPTY = { error: null, cells: [], tensors: [], ops: [], backward: [], ops_total: 0 };

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  globalThis.fetch = realFetch;
});

/** @param {(Response | Error)[]} answers  one for each question; the last one for all after it */
function serve(...answers) {
  let asked = 0;
  globalThis.fetch = async (_, options) => {
    options?.signal?.throwIfAborted();
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };
  return () => asked;
}

/** Lets what waits for answers and for time go on. @param {number} seconds */
async function pass(seconds) {
  for (let slice = 0; slice <= seconds * 10; slice += 1) {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(100);
  }
}

/** @param {string} after */
function busy(after) {
  return new Response("{}", { status: 429, headers: { "Retry-After": after } });
}

test("a page waits at least as long as it was asked to, longer each time, and gives up", () => {
  assert.equal(waitBefore("busy", 1, "2", 0), 2000);
  assert.equal(waitBefore("busy", 1, "2", 1), 3000);
  assert.equal(waitBefore("busy", 2, "2", 0), 3000);
  assert.equal(waitBefore("busy", 1, "60", 0), 60_000);
  assert.equal(waitBefore("busy", 1, "0", 0), 1000);
  assert.equal(waitBefore("busy", 1, "Wed, 21 Oct 2026 07:28:00 GMT", 0), 1000);
  assert.equal(waitBefore("gone", 1, null, 0), 1000);
  assert.equal(waitBefore("busy", 6, "1", 0), null);
  assert.equal(waitBefore("gone", 4, null, 0), null);
});

test("two pages have two ids, of the form that the server takes", () => {
  assert.match(newPageId(), /^[A-Za-z0-9_-]{1,64}$/);
  assert.notEqual(newPageId(), newPageId());
});

test("a busy server is asked again after its time, and the reader is told how long that takes", async () => {
  const asked = serve(busy("2"), Response.json({ fine: true }));
  /** @type {[string, number][]} */
  const told = [];
  const answer = ask("/x", {}, { waiting: (obstacle, seconds) => told.push([obstacle, seconds]) });
  await pass(1.5);
  assert.equal(asked(), 1);
  await pass(2);
  assert.deepEqual(await answer, { data: { fine: true }, failure: null });
  assert.equal(asked(), 2);
  assert.deepEqual(told.at(-1), ["busy", 1]);
});

test("a server that stays busy is asked a bounded number of times, then there is a sentence", async () => {
  const asked = serve(busy("1"));
  const answer = ask("/x", {});
  await pass(60);
  assert.deepEqual((await answer).failure, { key: "error.429" });
  assert.equal(asked(), 6);
});

test("a server that starts again is asked again, one that refuses is not", async () => {
  serve(new TypeError("refused"), new Response("", { status: 502 }), Response.json([]));
  const answer = ask("/x", {});
  await pass(6);
  assert.deepEqual(await answer, { data: [], failure: null });
  for (const [status, key] of [
    [413, "error.413"],
    [422, "error.422"],
    [500, "error.500"],
    [404, "error.other"],
  ]) {
    const asked = serve(new Response("{}", { status: Number(status) }));
    assert.equal((await ask("/x", {})).failure?.key, key);
    assert.equal(asked(), 1);
  }
});

test("who leaves while the page waits is asked nothing and told nothing", async () => {
  const asked = serve(busy("5"));
  const leaving = new AbortController();
  const answer = ask("/x", { signal: leaving.signal });
  await pass(1);
  leaving.abort();
  await pass(1);
  assert.deepEqual(await answer, { data: null, failure: null });
  await pass(20);
  assert.equal(asked(), 1);
});

test("a run that waits can be stopped, and the code stays", async () => {
  const store = createStore(initialState());
  openSources(store, ["x"]);
  const asked = serve(busy("3"), Response.json(EMPTY));
  const run = runAll(store);
  await pass(0.5);
  assert.equal(store.get().waiting?.obstacle, "busy");
  stopRun(store);
  await pass(10);
  await run;
  const { running, waiting, failure, cells } = store.get();
  assert.deepEqual([running, waiting, failure, cells[0].source], [false, null, null, "x"]);
  assert.equal(asked(), 1);
});
