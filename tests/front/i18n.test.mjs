import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createTranslator, lookup, sentence } from "../../static/js/i18n.js";

const read = (/** @type {string} */ lang) =>
  JSON.parse(readFileSync(new URL(`../../static/locales/${lang}.json`, import.meta.url), "utf8"));
const zh = read("zh");
const en = read("en");

/** @param {any} catalogue @param {string} path @returns {string[]} */
function keys(catalogue, path = "") {
  return Object.entries(catalogue).flatMap(([name, value]) =>
    typeof value === "string" ? [path + name] : keys(value, `${path}${name}.`),
  );
}

const holes = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test("both languages have the same sentences, each with the same placeholders", () => {
  assert.deepEqual(keys(zh).sort(), keys(en).sort());
  for (const key of keys(zh)) {
    assert.deepEqual(holes(lookup(zh, key) ?? ""), holes(lookup(en, key) ?? ""), key);
  }
});

test("no sentence is empty, and each is written in its own language", () => {
  for (const key of keys(en)) {
    assert.ok(lookup(en, key)?.trim(), key);
    assert.ok(lookup(zh, key)?.trim(), key);
    assert.doesNotMatch(lookup(en, key) ?? "", /\p{Script=Han}/u, key);
  }
});

test("placeholders are filled with text, known or not", () => {
  const catalogue = { a: { b: "{name} is {thing}" } };
  assert.equal(sentence(catalogue, "a.b", { name: "x", thing: "$&" }), "x is $&");
  assert.equal(sentence(catalogue, "a.b", { name: "x" }), "x is {thing}");
});

test("a missing sentence is its key, also for names that every object has", () => {
  assert.equal(sentence({}, "page.nothing"), "page.nothing");
  assert.equal(sentence({ a: {} }, "a.constructor"), "a.constructor");
  assert.equal(sentence({ a: { b: "c" } }, "a"), "a");
});

test("a language is fetched once and spoken after it has come", async () => {
  let fetched = 0;
  const { t, use } = createTranslator("zh", zh, async () => {
    fetched += 1;
    return en;
  });
  assert.equal(t("page.topbar.share"), "分享");
  await use("en");
  assert.equal(t("page.topbar.share"), "Share");
  await use("zh");
  await use("en");
  assert.equal(fetched, 1);
});
