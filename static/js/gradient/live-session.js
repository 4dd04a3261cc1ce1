/**
 * A run whose gradients are being changed: what the server answered, and which numbers stand in the code by now.
 * Every change starts from that answer again, so nothing adds up from frame to frame.
 */

import { literalsOf } from "./gradient-literal.js";
import { listText, numbersIn, withNumbers } from "./number-literal.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../code/cells.js").Cell} Cell
 * @typedef {import("./gradient-literal.js").Literal} Literal
 *
 * @typedef {object} Session
 * @property {Trace} base
 * @property {string[]} sources   as they ran
 * @property {Literal[]} literals
 * @property {string[]} texts     of each literal by now
 * @property {(number[] | null)[]} values  of each literal by now; null while they are the run's
 */

/** By the trace as answered, and by each that was made from it. @type {WeakMap<Trace, Session>} */
const sessions = new WeakMap();

/**
 * @param {Trace} trace   as answered, or as changed since
 * @param {Cell[]} cells
 * @returns {Session | null} null when the code is no longer the one that ran, but for the numbers of gradients
 */
export function sessionOf(trace, cells) {
  const ran = ranCells(cells, trace.cells.length);
  const known = ran && (sessions.get(trace) ?? begun(trace, ran));
  /** @type {Session | null} */
  let session = known;
  for (const [place, { source }] of ran?.entries() ?? [])
    session = session && retyped(session, place, source);
  return session;
}

/**
 * The cells of a run, in its order; what was added below or is empty does not count.
 * @param {Cell[]} cells
 * @param {number} count
 * @returns {Cell[] | null} null when others came between them or some are gone
 */
function ranCells(cells, count) {
  const last = cells.findLastIndex(({ place }) => place !== null);
  const ran = cells.slice(0, last + 1).filter(({ place, source }) => place !== null || source.trim());
  return ran.length === count && ran.every(({ place }, i) => place === i) ? ran : null;
}

/** @param {Trace} trace @param {Cell[]} cells @returns {Session} */
function begun(trace, cells) {
  const sources = cells.map(({ ran }) => ran ?? "");
  const literals = literalsOf(trace, sources);
  const texts = literals.map(({ text }) => text);
  const session = { base: trace, sources, literals, texts, values: literals.map(() => null) };
  sessions.set(trace, session);
  return session;
}

/**
 * The roots of a call whose gradient stands in the code.
 * @param {Trace} trace
 * @param {Cell[]} cells
 * @param {number} call  position in trace.backward
 * @returns {{roots: number[], held: boolean}} ids; held while the code is another one than ran
 */
export function rootsInCode(trace, cells, call) {
  const session = sessionOf(trace, cells);
  const served = (session ?? sessions.get(trace))?.literals.flatMap(({ serves }) => serves) ?? [];
  return {
    roots: served.filter((each) => each.call === call).map(({ root }) => root),
    held: session === null,
  };
}

/** @param {Trace} trace @param {Session} session  the one that it shows */
export function keepSession(trace, session) {
  sessions.set(trace, session);
}

/**
 * The code as it is by now.
 * @param {Session} session
 * @returns {string[]}
 */
export function sourcesOf({ sources, literals, texts }) {
  return sources.map((source, cell) => {
    const own = literals.map((literal, i) => ({ ...literal, text: texts[i] })).filter((l) => l.cell === cell);
    own.sort((a, b) => b.from - a.from);
    return own.reduce((text, { from, to, text: now }) => text.slice(0, from) + now + text.slice(to), source);
  });
}

/**
 * The session with other numbers in one literal.
 * @param {Session} session
 * @param {number} place     of the literal
 * @param {number[]} values  flat
 * @returns {Session}
 */
export function withValues(session, place, values) {
  const { shape, dtype } = session.literals[place];
  const numbers = numbersIn(session.texts[place]);
  const fits = numbers?.tokens.length === values.length;
  const text = fits
    ? withNumbers(session.texts[place], numbers, values)
    : maker(session, values, shape, dtype);
  return written(session, place, text, values);
}

/** @param {Session} session @param {number} place @param {string} text @param {number[]} values */
function written(session, place, text, values) {
  const same = text === session.literals[place].text;
  return {
    ...session,
    texts: session.texts.with(place, text),
    values: session.values.with(place, same ? null : values),
  };
}

/** @param {Session} session @param {number[]} values @param {number[]} shape @param {string} dtype */
function maker({ sources }, values, shape, dtype) {
  const torch = /^\s*import torch as (\w+)/m.exec(sources.join("\n"))?.[1] ?? "torch";
  const type = dtype === "float32" ? "" : `, dtype=${torch}.${dtype}`;
  return `${torch}.tensor(${listText(values, shape)}${type})`;
}

/**
 * The session after a cell was typed in, when nothing but the numbers of one literal changed.
 * @param {Session} session
 * @param {number} cell      position
 * @param {string} source
 * @returns {Session | null}
 */
export function retyped(session, cell, source) {
  const now = sourcesOf(session)[cell];
  if (source === now) return session;
  if (source === session.sources[cell]) return restored(session, cell);
  for (const [place, literal] of session.literals.entries()) {
    const text = literal.cell === cell ? betweenSame(session, place, now, source) : null;
    const numbers = text === null ? null : numbersIn(text);
    if (text === null || !numbers || String(numbers.shape) !== String(literal.shape)) continue;
    if (text.slice(0, text.indexOf("[")) === leading(session.texts[place]))
      return written(session, place, text, numbers.values);
  }
  return null;
}

/** @param {string} text */
function leading(text) {
  return text.slice(0, Math.max(0, text.indexOf("[")));
}

/**
 * What stands in a literal's place when all around it is as it was.
 * @param {Session} session
 * @param {number} place
 * @param {string} now     the cell's code
 * @param {string} source  as typed
 */
function betweenSame(session, place, now, source) {
  const from = session.literals[place].from + grownBefore(session, place);
  const after = now.length - from - session.texts[place].length;
  const around = source.startsWith(now.slice(0, from)) && source.endsWith(now.slice(now.length - after));
  return around && source.length >= from + after ? source.slice(from, source.length - after) : null;
}

/** @param {Session} session @param {number} cell */
function restored(session, cell) {
  const own = session.literals.map((literal) => literal.cell === cell);
  return {
    ...session,
    texts: session.texts.map((text, i) => (own[i] ? session.literals[i].text : text)),
    values: session.values.map((values, i) => (own[i] ? null : values)),
  };
}

/** How far a literal has moved by longer or shorter ones before it. @param {Session} session @param {number} place */
function grownBefore({ literals, texts }, place) {
  const { cell, from } = literals[place];
  return literals.reduce((sum, other, i) => {
    const before = other.cell === cell && other.from < from;
    return before ? sum + texts[i].length - other.text.length : sum;
  }, 0);
}
