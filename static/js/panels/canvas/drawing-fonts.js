/** The faces that a drawing needs, written into it: a file, and an image made from one, may use no others. */

/** By address of the face: its data URI, "" where it could not be had. @type {Map<string, Promise<string>>} */
const fetched = new Map();

/**
 * @param {Document} page
 * @param {SVGSVGElement} svg  as it is shown
 * @returns {Promise<string>} a style sheet of those faces of the page that its letters are set in
 */
export async function facesOf(page, svg) {
  const letters = lettersByFamily(svg);
  const faces = facesIn(page).filter(({ family, ranges }) =>
    [...(letters.get(family) ?? [])].some((point) =>
      ranges.some(([from, to]) => from <= point && point <= to),
    ),
  );
  const written = await Promise.all(faces.map(writtenOut));
  return written.filter(Boolean).join("\n");
}

/** Code points of the drawing's texts, under every family that may set them. @param {SVGSVGElement} svg */
function lettersByFamily(svg) {
  /** @type {Map<string, Set<number>>} */
  const letters = new Map();
  for (const text of svg.querySelectorAll("text, tspan")) {
    const own = [...text.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const points = [...own.map((node) => node.textContent ?? "").join("")].map(
      (letter) => letter.codePointAt(0) ?? 0,
    );
    for (const family of namesIn(getComputedStyle(text).fontFamily)) {
      const known = letters.get(family) ?? new Set();
      for (const point of points) known.add(point);
      letters.set(family, known);
    }
  }
  return letters;
}

/** @param {string} list  as CSS writes it */
function namesIn(list) {
  return list.split(",").map((name) => name.trim().replace(/^["']|["']$/g, ""));
}

/** @typedef {{family: string, ranges: [number, number][], rule: CSSFontFaceRule, base: string}} Face */

/** @param {Document} page @returns {Face[]} */
function facesIn(page) {
  return [...page.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules]
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .map((rule) => ({
        family: namesIn(rule.style.getPropertyValue("font-family"))[0],
        ranges: rangesOf(rule.style.getPropertyValue("unicode-range")),
        rule,
        base: sheet.href ?? page.baseURI,
      })),
  );
}

/** @param {string} text  "U+0-FF, U+131", or nothing for everything @returns {[number, number][]} */
function rangesOf(text) {
  if (!text) return [[0, 0x10ffff]];
  return text.split(",").map((range) => {
    const [from, to] = range.trim().replace(/^U\+/i, "").split("-");
    return [
      Number.parseInt(from.replaceAll("?", "0"), 16),
      Number.parseInt((to ?? from).replaceAll("?", "F"), 16),
    ];
  });
}

/** @param {Face} face @returns {Promise<string>} the rule with its file inside, "" without the file */
async function writtenOut({ family, rule, base }) {
  const source = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue("src"))?.[1];
  const data = source ? await dataOf(new URL(source, base).href) : "";
  if (!data) return "";
  const kept = ["font-style", "font-weight", "unicode-range"].map((name) => {
    const value = rule.style.getPropertyValue(name);
    return value ? `${name}:${value};` : "";
  });
  return `@font-face{font-family:"${family}";${kept.join("")}src:url(${data}) format("woff2")}`;
}

/** @param {string} address @returns {Promise<string>} */
function dataOf(address) {
  const found = fetched.get(address) ?? read(address).catch(() => "");
  fetched.set(address, found);
  return found;
}

/** @param {string} address */
async function read(address) {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `data:font/woff2;base64,${btoa(letters)}`;
}
