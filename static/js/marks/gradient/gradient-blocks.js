/** The blocks g · ∂o/∂X side by side, and their sum. */

import { element } from "../../element.js";
import { formatNumber, signOf, subscript } from "../../format.js";
import { blockColumns } from "../../gradient/gradient-view.js";
import { elementLink } from "../../picture/links.js";
import { elementTex, symbolTex } from "../../picture/symbols.js";
import { tex } from "../inspector/tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../gradient/gradient-blocks.js").Blocks} Blocks
 * @typedef {import("../../gradient/gradient-blocks.js").Block} Block
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {{tensor: number, element: number}} Place
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Blocks} data
 * @param {Place | null} selection
 * @param {string} name  of X
 * @returns {HTMLElement}
 */
export function gradientBlocksMark(context, picture, data, selection, name) {
  const chosen = selection?.tensor === data.input ? selection.element : null;
  const columns = element("div", { class: "g-blocks", "data-columns": blockColumns(data) });
  columns.append(...data.blocks.map((block) => blockMark(context, picture, data, block, selection, chosen)));
  const sums = element("div", { class: "g-sums" }, title(context, data, name, picture));
  sums.append(matrix(data, data.sums, chosen, "g-sum"));
  return element(
    "div",
    { class: "g-outputs", role: "group", "aria-label": context.t("page.gradient.blocks", { name }) },
    columns,
    element("span", { class: "g-sigma", "aria-hidden": "true" }, "Σ"),
    sums,
  );
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Blocks} data
 * @param {Block} block
 * @param {Place | null} selection
 * @param {number | null} chosen  element of X
 */
function blockMark({ t }, { symbols }, data, block, selection, chosen) {
  const output = symbols.get(data.root);
  const input = symbols.get(data.input);
  const label =
    output && input ? partial(elementTex(output, block.element, data.rootShape), symbolTex(input)) : null;
  const own = selection?.tensor === data.root && selection.element === block.element;
  const index = data.rootShape.length ? subscript(block.element, data.rootShape) : "";
  const spoken = t("page.gradient.block", {
    index,
    factor: formatNumber(block.factor),
    cells: block.cells.map((cell) => formatNumber(cell)).join(", "),
  });
  const attributes = {
    class: "g-block",
    role: "img",
    "aria-label": spoken,
    "data-sign": signOf(block.factor),
    "data-tensor": data.root,
    "data-element": block.element,
    "data-link": elementLink(data.root, block.element),
    "data-own": own,
  };
  const factor = element(
    "b",
    { class: `g-factor sign-${signOf(block.factor)}` },
    `${formatNumber(block.factor)} ×`,
  );
  const head = element("div", { class: "g-block-head" }, factor, label);
  return element("div", attributes, head, matrix(data, block.cells, chosen, "g-part"));
}

/** @param {string} output @param {string} input */
function partial(output, input) {
  return tex(`\\partial ${output} / \\partial ${input}`);
}

/**
 * @param {Blocks} data
 * @param {import("../../trace/trace-types.js").Scalar[]} values
 * @param {number | null} chosen
 * @param {string} name
 */
function matrix({ input, shape }, values, chosen, name) {
  const cells = values.map((value, i) =>
    element(
      "span",
      {
        class: `g-number ${name} sign-${signOf(value)}`,
        "data-link": elementLink(input, i),
        "data-chosen": i === chosen,
      },
      formatNumber(value),
    ),
  );
  return element("div", { class: "g-matrix", "data-columns": Math.min(8, shape.at(-1) ?? 1) }, ...cells);
}

/**
 * What the sum is called: the drawer of a leaf that was empty, what is added to one, or a score.
 * @param {Context} context
 * @param {Blocks} data
 * @param {string} name
 * @param {Picture} picture
 */
function title(context, { call, input }, name, { trace }) {
  const booked = trace.backward[call].accumulated.find(({ tensor }) => tensor === input);
  if (!booked) return element("span", { class: "g-sum-name" }, context.t("page.gradient.score", { name }));
  return element("code", { class: "g-sum-name" }, booked.before ? `${name}.grad +=` : `${name}.grad`);
}
