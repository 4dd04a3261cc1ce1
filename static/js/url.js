/**
 * A moment as the fragment of a link: program or cells, step, selection, language. Nothing is stored anywhere.
 * A built-in program is plain (`#program=two-calls&step=4&lang=zh`); the reader's own cells are compressed
 * (`#1.<base64url of deflate-raw of JSON>`), where 1 is the version of the format.
 */

/**
 * @typedef {object} Moment
 * @property {string | null} program  slug of a built-in program
 * @property {string[] | null} cells  the reader's own cells
 * @property {number | null} step
 * @property {{tensor: number, element: number} | null} selection
 * @property {"zh" | "en" | null} lang
 */

const VERSION = "1.";
/** Far below what browsers and chat programs carry. */
export const LONGEST_FRAGMENT = 16_000;
/** No request may be larger than 64 kB, so no link needs to open to more. */
const LARGEST_TEXT = 65_536;

/**
 * @param {Moment} moment
 * @returns {Promise<string>} with its "#"
 */
export async function fragmentOf(moment) {
  if (moment.program !== null) return `#${plain(moment)}`;
  const { cells, step, selection, lang } = moment;
  const bytes = new TextEncoder().encode(JSON.stringify({ cells, step, selection, lang }));
  return `#${VERSION}${base64url(await deflated(bytes))}`;
}

/**
 * @param {string} fragment with or without its "#"
 * @returns {Promise<Moment | "broken" | null>} null when the fragment speaks of nothing of ours
 */
export async function momentOf(fragment) {
  const text = fragment.replace(/^#/, "");
  if (text.startsWith(VERSION)) return packed(text.slice(VERSION.length));
  const fields = new URLSearchParams(text);
  const program = fields.get("program");
  if (program === null) return null;
  return { program, cells: null, ...place(Object.fromEntries(fields), fields.get("at")) };
}

/** @param {Moment} moment */
function plain({ program, step, selection, lang }) {
  const fields = new URLSearchParams({ program: program ?? "" });
  if (step !== null) fields.set("step", String(step));
  if (selection) fields.set("at", `${selection.tensor}.${selection.element}`);
  if (lang) fields.set("lang", lang);
  return fields.toString();
}

/**
 * @param {string} text
 * @returns {Promise<Moment | "broken">}
 */
async function packed(text) {
  if (text.length > LONGEST_FRAGMENT) return "broken";
  try {
    const data = JSON.parse(await inflated(fromBase64url(text)));
    const { cells, selection } = data;
    if (!Array.isArray(cells) || !cells.every((cell) => typeof cell === "string")) return "broken";
    return { program: null, cells, ...place(data, `${selection?.tensor}.${selection?.element}`) };
  } catch {
    return "broken";
  }
}

/**
 * Step, selection and language of a stranger's link, each only if it is what it should be.
 * @param {Record<string, unknown>} fields
 * @param {string | null} at
 * @returns {{step: number | null, selection: Moment["selection"], lang: Moment["lang"]}}
 */
function place(fields, at) {
  const step = /^(-1|\d{1,9})$/.exec(String(fields.step));
  const place = /^(\d{1,9})\.(\d{1,9})$/.exec(at ?? "");
  return {
    step: step ? Number(step[1]) : null,
    selection: place ? { tensor: Number(place[1]), element: Number(place[2]) } : null,
    lang: fields.lang === "zh" || fields.lang === "en" ? fields.lang : null,
  };
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
