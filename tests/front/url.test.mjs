import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { fragmentOf, LONGEST_FRAGMENT, momentOf } from "../../static/js/moment/url.js";

const OWN = {
  program: null,
  cells: ["import torch\nx = torch.ones(2)\n", "print('梯度 🙂')"],
  step: 4,
  selection: { tensor: 3, element: 1 },
  lang: /** @type {const} */ ("zh"),
};

/** @param {unknown} data */
const packed = (data) => `#1.${deflateRawSync(JSON.stringify(data)).toString("base64url")}`;

test("the reader's own cells come back as they were", async () => {
  const fragment = await fragmentOf(OWN);
  assert.match(fragment, /^#1\.[\w-]+$/);
  assert.deepEqual(await momentOf(fragment), OWN);
});

test("a built-in program is named in plain words", async () => {
  const moment = { ...OWN, program: "two-calls", cells: null };
  const fragment = await fragmentOf(moment);
  assert.equal(fragment, "#program=two-calls&step=4&at=3.1&lang=zh");
  assert.deepEqual(await momentOf(fragment), moment);
});

test("a fragment of something else names no moment", async () => {
  for (const fragment of ["", "#", "#canvas", "#code"]) assert.equal(await momentOf(fragment), null);
});

test("a damaged link is broken, not an exception", async () => {
  for (const fragment of ["#1.", "#1.!!!!", "#1.AAAA", (await fragmentOf(OWN)).slice(0, -9)]) {
    assert.equal(await momentOf(fragment), "broken", fragment);
  }
});

test("what a stranger wrote into a link is checked field by field", async () => {
  for (const cells of [undefined, "x", [1], { 0: "x" }]) {
    assert.equal(await momentOf(packed({ cells })), "broken");
  }
  const moment = await momentOf(
    packed({ cells: [], step: 1e99, selection: { tensor: "<b>", element: -1 }, lang: "fr" }),
  );
  assert.deepEqual(moment, { program: null, cells: [], step: null, selection: null, lang: null });
});

test("a link that opens to more than a program may hold is not opened to its end", async () => {
  const bomb = packed({ cells: ["x".repeat(10_000_000)] });
  assert.ok(bomb.length < LONGEST_FRAGMENT);
  assert.equal(await momentOf(bomb), "broken");
});

test("a link longer than any we write is not opened", async () => {
  assert.equal(await momentOf(`#1.${"A".repeat(LONGEST_FRAGMENT + 1)}`), "broken");
});
