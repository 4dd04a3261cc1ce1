/**
 * A moment as the fragment of a link: program or cells, place in the run, language, theme. Nothing is stored anywhere.
 * A built-in program is plain (`#program=two-calls&step=4&lang=zh`); the reader's own cells are compressed
 * (`#1.<base64url of deflate-raw of JSON>`), where 1 is the version of the format. Fields may be added to a version
 * as long as a page that does not know them shows the same moment without them.
 */

/**
 * @typedef {import("./moment.js").Moment} Moment
 * @typedef {import("./moment.js").Place} Place
 */

const VERSION = "1.";
/** Far below what browsers and chat programs carry. */
export const LONGEST_FRAGMENT = 16_000;
/** No request may be larger than 64 kB, so no link needs to open to more. */
const LARGEST_TEXT = 65_536;

/** Any version, also one that this page cannot read. */
const PACKED = /^\d+\./;

/**
 * @param {Moment} moment
 * @returns {Promise<string>} with its "#"
 */
export async function fragmentOf(moment) {
  if (moment.program !== null) return plainFragment(moment.program, moment);
  const { program, ...said } = moment;
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return `#${VERSION}${base64url(await deflated(bytes))}`;
}

/**
 * The link of a built-in program.
 * @param {string} program  slug
 * @param {Place & Partial<Pick<Moment, "lang" | "theme">>} place
 * @returns {string} with its "#"
 */
export function plainFragment(program, place) {
  const fields = new URLSearchParams({ program });
  const { selection, wrt, run, modules, step, beat, level, reading, place: room, lang, theme } = place;
  const at = selection ? `${selection.tensor}.${selection.element}` : null;
  const tables = { wrt: pairs(wrt), run: pairs(run), modules: pairs(modules) };
  const said = { step, at, beat, level, reading, ...tables, place: room, lang, theme };
  for (const [name, value] of Object.entries(said))
    if (value !== null && value !== undefined) fields.set(name, String(value));
  return `#${fields}`;
}

/**
 * @param {string} fragment with or without its "#"
 * @returns {Promise<Moment | "broken" | null>} null when the fragment speaks of nothing of ours
 */
export async function momentOf(fragment) {
  const text = fragment.replace(/^#/, "");
  if (text.startsWith(VERSION)) return packed(text.slice(VERSION.length));
  if (PACKED.test(text)) return "broken";
  const fields = Object.fromEntries(new URLSearchParams(text));
  if (fields.program === undefined) return null;
  const [tensor, element] = (fields.at ?? "").split(".");
  const tables = { wrt: table(fields.wrt), run: table(fields.run), modules: table(fields.modules) };
  const said = { ...fields, selection: { tensor, element }, ...tables };
  return { program: fields.program, cells: null, ...checked(said) };
}

/**
 * @param {string} text
 * @returns {Promise<Moment | "broken">}
 */
async function packed(text) {
  if (text.length > LONGEST_FRAGMENT) return "broken";
  try {
    const data = JSON.parse(await inflated(fromBase64url(text)));
    const { cells } = data;
    if (!Array.isArray(cells) || !cells.every((cell) => typeof cell === "string")) return "broken";
    return { program: null, cells, ...checked(data) };
  } catch {
    return "broken";
  }
}

/** What a field may say, where it is one of a few words. */
const WORDS = {
  lang: ["zh", "en"],
  theme: ["light", "dark"],
  level: ["tensors", "mixed", "elements"],
  reading: ["output"],
  place: ["projector"],
};

/**
 * What a stranger's link says besides the program, each field only if it is what it should be.
 * @param {Record<string, any>} fields
 * @returns {Place & Pick<Moment, "lang" | "theme">}
 */
function checked(fields) {
  const place = `${fields.selection?.tensor}.${fields.selection?.element}`;
  /** @type {Record<string, unknown>} */
  const found = { step: null, selection: null, lang: null };
  if (/^(-1|\d{1,9})$/.test(String(fields.step))) found.step = Number(fields.step);
  if (/^\d{1,9}\.\d{1,9}$/.test(place)) found.selection = numbers(place);
  if (/^[0-2]$/.test(String(fields.beat))) found.beat = Number(fields.beat);
  for (const [name, words] of Object.entries(WORDS))
    if (words.includes(fields[name])) found[name] = fields[name];
  for (const name of ["wrt", "run"]) {
    const entries = Object.entries(fields[name] ?? {}).filter((entry) => entry.every(isNumber));
    if (entries.length) found[name] = Object.fromEntries(entries.map(([op, value]) => [op, Number(value)]));
  }
  const folds = Object.entries(fields.modules ?? {}).filter(([id, value]) => isNumber(id) && isSwitch(value));
  if (folds.length)
    found.modules = Object.fromEntries(
      folds.map(([id, value]) => [id, String(value) === "1" || value === true]),
    );
  return /** @type {any} */ (found);
}

/** Folded or not. @param {unknown} value */
function isSwitch(value) {
  return typeof value === "boolean" || value === "0" || value === "1";
}

/** @param {string} place */
function numbers(place) {
  const [tensor, element] = place.split(".").map(Number);
  return { tensor, element };
}

/** @param {unknown} value */
function isNumber(value) {
  return /^\d{1,9}$/.test(String(value));
}

/** By operation, as text: "4.2,5.1". @param {Record<number, number | boolean> | undefined} entries */
function pairs(entries) {
  const list = Object.entries(entries ?? {}).map(([id, value]) => `${id}.${Number(value)}`);
  return list.length ? list.join(",") : null;
}

/** @param {string | undefined} text */
function table(text) {
  return Object.fromEntries((text ?? "").split(",").map((pair) => pair.split(".")));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * A few kilobytes can inflate to megabytes, so reading stops at the largest text that could be run.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function inflated(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LARGEST_TEXT) {
      await reader.cancel();
      throw new RangeError("the link opens to more than a program may hold");
    }
  }
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(characters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64url(text) {
  const characters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
