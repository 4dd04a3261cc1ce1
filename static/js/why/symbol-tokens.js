/** The pieces of a formula in LaTeX, and a reader that goes through them. */

const TOKEN =
  /\s+|\\operatorname\{\w+\}|\\bar\{\w\}|\\prod_\{[^}]*\}|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?(?:e[+-]?\d+)?|[a-zA-Z]|\S/gy;

/** @typedef {{tokens: string[], at: number, bars: number}} Reader  bars: how many | are open */

/** @param {string} tex @returns {Reader} */
export function readerOf(tex) {
  const tokens = [...tex.matchAll(TOKEN)].map(([token]) => token).filter((token) => token.trim());
  return { tokens, at: 0, bars: 0 };
}

/** @param {Reader} reader @param {string} token */
export function expect(reader, token) {
  if (reader.tokens[reader.at] !== token) throw new SyntaxError(`${token} expected`);
  reader.at += 1;
}

/** @param {Reader} reader @param {string} token */
export function accept(reader, token) {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at += 1;
  return true;
}

/** The letters behind `_`, or nothing. @param {Reader} reader */
export function subscript(reader) {
  if (!accept(reader, "_")) return "";
  const start = reader.at;
  if (!accept(reader, "{")) {
    reader.at += 1;
    return reader.tokens[start];
  }
  while (reader.at < reader.tokens.length && !accept(reader, "}")) reader.at += 1;
  return reader.tokens.slice(start + 1, reader.at - 1).join("");
}
