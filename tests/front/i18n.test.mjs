import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { createTranslator, lookup, sentence } from "../../static/js/i18n.js";

const read = (/** @type {string} */ lang) =>
  JSON.parse(readFileSync(new URL(`../../static/locales/${lang}.json`, import.meta.url), "utf8"));
const zh = read("zh");
const en = read("en");

const ROOT = new URL("../../", import.meta.url);

/** Every key that a source names in full. @param {string} folder @param {RegExp} pattern */
function named(folder, pattern) {
  const files = readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .flatMap((file) => [
      ...readFileSync(`${file.parentPath ?? file.path}/${file.name}`, "utf8").matchAll(pattern),
    ])
    .map(([, key]) => key);
}

test("every sentence that the page asks for exists", () => {
  const asked = [
    ...named("static/js/", /\b(?:t|say)\("([\w.-]+)"/g),
    ...named("static/js/", /\bkey: "((?:page|error)\.[\w.-]+)"/g),
    ...named("templates/", /(?:text|say|label|title)\(["']([\w.-]+)["']\)/g),
  ];
  assert.ok(asked.length > 60, `only ${asked.length} found`);
  for (const key of asked) assert.notEqual(lookup(en, key), null, key);
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
