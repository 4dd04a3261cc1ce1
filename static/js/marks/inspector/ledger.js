/** A leaf's `.grad` drawer, element by element: what is booked, what this call adds, before and after. */

import { element, svgElement } from "../../element.js";
import { circled, codeElement, formatNumber, signOf, toNumber } from "../../format.js";
import { callLink, elementLink } from "../../picture/links.js";
import { elementTex } from "../../picture/symbols.js";
import { spokenTex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../trace/bookings.js").Drawer} Drawer
 * @typedef {import("../../trace/trace-types.js").Scalar} Scalar
 *
 * @typedef {object} LedgerData
 * @property {Drawer} drawer
 * @property {import("../../picture/symbols.js").Symbol} symbol
 * @property {number[]} shape
 * @property {boolean} pending     this call has not booked yet
 * @property {number | null} element  the selected one
 *
 * @typedef {{from: number, to: number, call: number | null, pending: boolean}} Block
 */

const ROWS = 64;
const BAR = 18;

/**
 * @param {Context} context
 * @param {LedgerData} data
 * @returns {HTMLElement}
 */
export function ledgerMark({ t }, data) {
  const { drawer, pending } = data;
  const heads = [
    t(pending ? "page.inspector.now" : "page.inspector.before"),
    t(pending ? "page.inspector.after" : "page.inspector.now"),
  ];
  const head = element(
    "tr",
    {},
    element("td"),
    element("td"),
    ...heads.map((text) => element("th", { scope: "col" }, text)),
  );
  const blocks = drawer.current.amounts.map((_, i) => blocksOf(drawer, i, pending));
  const range = rangeOf(blocks.flat());
  const rows = blocks.slice(0, ROWS).map((own, i) => ledgerRow(data, i, own, range));
  return element("table", { class: "ledger" }, element("thead", {}, head), element("tbody", {}, ...rows));
}

/**
 * Stacked from 0: every booking starts where the one before it ended, so a negative one goes back.
 * @param {Drawer} drawer
 * @param {number} i
 * @param {boolean} pending
 * @returns {Block[]}
 */
function blocksOf(drawer, i, pending) {
  let at = toNumber(drawer.base?.[i]) ?? 0;
  /** @type {Block[]} */
  const blocks = drawer.base === null ? [] : [{ from: 0, to: at, call: null, pending: false }];
  for (const { call, amounts } of [...drawer.earlier, drawer.current]) {
    const to = at + amounts[i];
    blocks.push({ from: at, to, call, pending: pending && call === drawer.current.call });
    at = to;
  }
  return blocks.filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to));
}

/** @param {Block[]} blocks */
function rangeOf(blocks) {
  const ends = blocks.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return high > low ? { low, high } : { low: 0, high: 1 };
}

/** @param {LedgerData} data @param {number} i @param {Block[]} blocks @param {{low: number, high: number}} range */
function ledgerRow({ drawer, symbol, shape, pending, element: selected }, i, blocks, range) {
  const before = drawer.before?.[i];
  const after = drawer.after?.[i];
  return element(
    "tr",
    { class: selected === i ? "ledger-selected" : null, "data-link": elementLink(drawer.tensor, i) },
    element(
      "th",
      { scope: "row" },
      spokenTex(elementTex(symbol, i, shape), codeElement(symbol.text, i, shape)),
    ),
    element("td", { class: "ledger-bar" }, bar(blocks, range)),
    element("td", { class: pending ? "ledger-strong" : null }, grad(before)),
    element("td", { class: pending ? null : "ledger-strong" }, grad(after)),
  );
}

/** @param {Scalar | undefined} value */
function grad(value) {
  const none = value === null || value === undefined;
  return element("span", { class: none ? "ledger-none" : null }, none ? "None" : formatNumber(value));
}

/** @param {Block[]} blocks @param {{low: number, high: number}} range */
function bar(blocks, { low, high }) {
  /** @param {number} value */
  const share = (value) => (100 * (value - low)) / (high - low);
  const svg = svgElement("svg", {
    class: "ledger-blocks",
    width: "100%",
    height: BAR,
    "aria-hidden": "true",
  });
  for (const block of blocks) {
    const [left, right] = [share(Math.min(block.from, block.to)), share(Math.max(block.from, block.to))];
    const look = `ledger-block sign-${signOf(block.to - block.from)}${block.pending ? " ledger-pending" : ""}`;
    const frame = { x: `${left}%`, width: `${Math.max(right - left, 0.6)}%`, y: 1, height: BAR - 2, rx: 3 };
    svg.append(svgElement("rect", { class: look, ...frame }));
    if (block.call !== null && right - left > 16) svg.append(callNumber(block.call, (left + right) / 2));
  }
  return svg;
}

/** @param {number} call @param {number} middle percent */
function callNumber(call, middle) {
  const place = { x: `${middle}%`, y: BAR / 2 + 4.5, "text-anchor": "middle" };
  const text = svgElement("text", { ...place, "data-link": callLink(call) });
  text.textContent = circled(call + 1);
  return text;
}
