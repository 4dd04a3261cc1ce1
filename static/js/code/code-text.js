/** Reading Python as text: offsets, statements, calls and their arguments. Enough to place an edit, no more. */

/**
 * @typedef {{line: number, column: number, end_line: number, end_column: number}} Place
 * @typedef {{from: number, to: number}} Range  offsets, end exclusive
 * @typedef {Range & {indent: string}} Statement  from its first character after the indentation to its last
 * @typedef {Range & {text: string}} Piece
 *
 * @typedef {object} Call
 * @property {Piece} head        what is called, `out.backward`
 * @property {Piece} receiver    what stands before the last dot, empty without one
 * @property {string} method     what stands after it
 * @property {Piece[]} args
 * @property {number} close      offset of the closing bracket
 */

const OPENING = "([{";
const CLOSING = ")]}";
/** A comment, or a string with its quotes, open or closed. */
const QUIET = /#[^\n]*|("""|''')[\s\S]*?(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/y;

/**
 * @param {string} source
 * @param {number} line     from 1
 * @param {number} column   from 0, UTF-16
 * @returns {number} offset, at most the end of that line
 */
export function offsetOf(source, line, column) {
  const lines = source.split("\n");
  let from = 0;
  for (let i = 0; i < Math.min(line - 1, lines.length); i += 1) from += lines[i].length + 1;
  return Math.min(from + Math.min(column, lines[line - 1]?.length ?? 0), source.length);
}

/**
 * @param {string} source
 * @param {Place} place
 * @returns {Piece}
 */
export function pieceAt(source, place) {
  const from = offsetOf(source, place.line, place.column);
  const to = Math.max(from, offsetOf(source, place.end_line, place.end_column));
  return { from, to, text: source.slice(from, to) };
}

/**
 * The depth of brackets before each character; −1 inside strings and comments.
 * @param {string} text
 * @returns {Int16Array} one entry more than characters
 */
export function depths(text) {
  const found = new Int16Array(text.length + 1);
  let depth = 0;
  for (let i = 0; i < text.length; ) {
    QUIET.lastIndex = i;
    const skipped = QUIET.exec(text);
    if (skipped) {
      found.fill(-1, i, i + skipped[0].length);
      i += skipped[0].length;
    } else {
      if (CLOSING.includes(text[i])) depth = Math.max(0, depth - 1);
      found[i] = depth;
      if (OPENING.includes(text[i])) depth += 1;
      i += 1;
    }
  }
  found[text.length] = depth;
  return found;
}

/**
 * Logical lines: a statement goes on while a bracket or a string is open, or after a backslash.
 * @param {string} source
 * @returns {Statement[]}
 */
export function statements(source) {
  const levels = depths(source);
  /** @type {Statement[]} */
  const found = [];
  let start = 0;
  for (let i = 0; i <= source.length; i += 1) {
    const ends = i === source.length || (source[i] === "\n" && levels[i] === 0 && source[i - 1] !== "\\");
    if (!ends) continue;
    const text = source.slice(start, i);
    const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
    if (text.trim() && !text.trim().startsWith("#"))
      found.push({ from: start + indent.length, to: start + text.trimEnd().length, indent });
    start = i + 1;
  }
  return found;
}

/**
 * @param {string} source
 * @param {number} offset
 * @returns {Statement | null} the statement around an offset
 */
export function statementAt(source, offset) {
  return statements(source).find(({ from, to }) => from <= offset && offset <= to) ?? null;
}

/**
 * A piece of text that is one call, with its parts in offsets of the whole source.
 * @param {Piece} piece
 * @returns {Call | null}
 */
export function callIn({ from, text }) {
  const levels = depths(text);
  const close = text.trimEnd().length - 1;
  if (text[close] !== ")" || levels[close] !== 0) return null;
  let open = close - 1;
  while (open >= 0 && !(text[open] === "(" && levels[open] === 0)) open -= 1;
  if (open <= 0) return null;
  const head = { from, to: from + open, text: text.slice(0, open) };
  let dot = open - 1;
  while (dot >= 0 && !(text[dot] === "." && levels[dot] === 0)) dot -= 1;
  const receiver = { from, to: from + Math.max(0, dot), text: text.slice(0, Math.max(0, dot)) };
  const inside = { from: from + open + 1, text: text.slice(open + 1, close) };
  return {
    head,
    receiver,
    method: text.slice(dot + 1, open).trim(),
    args: split(inside, ","),
    close: from + close,
  };
}

/**
 * The parts of a text between separators that stand in no bracket and no string, without the blanks around them.
 * @param {{from: number, text: string}} piece
 * @param {string} separator
 * @returns {Piece[]}
 */
export function split({ from, text }, separator) {
  const levels = depths(text);
  /** @type {Piece[]} */
  const parts = [];
  let start = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const ends = i === text.length || (levels[i] === 0 && text.startsWith(separator, i));
    if (!ends) continue;
    const part = text.slice(start, i);
    const lead = part.length - part.trimStart().length;
    const bare = part.trim();
    if (bare) parts.push({ from: from + start + lead, to: from + start + lead + bare.length, text: bare });
    start = i + separator.length;
  }
  return parts;
}

/**
 * Where code stands and no string or comment, for each match of a pattern.
 * @param {string} source
 * @param {RegExp} pattern  global
 * @param {Range} [within]
 * @returns {Piece[]}
 */
export function matches(source, pattern, within = { from: 0, to: source.length }) {
  const levels = depths(source);
  return [...source.matchAll(pattern)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length, text: match[0] }))
    .filter(({ from, to }) => from >= within.from && to <= within.to && levels[from] >= 0);
}

/** A call needs no brackets around it, nor does a name or a subscript. @param {string} text */
export function bracketed(text) {
  return /^[\w.]+(?:[([][\s\S]*[)\]])?$/.test(text.trim()) ? text.trim() : `(${text.trim()})`;
}
