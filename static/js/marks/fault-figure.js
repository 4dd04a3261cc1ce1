/** Pictures of shapes that do not fit: two grids over each other, or two rows of sizes with the clash in red. */

import { element, svgElement } from "../element.js";

/** @typedef {import("../errors/explanation.js").Explanation} Explanation */

const CELL = { width: 34, height: 26, gap: 4 };
/** Beyond this many rows or columns a grid says no more than its two shapes do. */
const MOST = 8;

/**
 * @param {import("../i18n.js").Translate} t
 * @param {Explanation} explanation
 * @returns {HTMLElement | null}
 */
export function faultFigure(t, { grids, shapes, values }) {
  if (grids) return gridFigure(t, grids, String(values.name ?? ""));
  return shapes ? shapeFigure(shapes) : null;
}

/**
 * @param {import("../i18n.js").Translate} t
 * @param {{wanted: number[], given: number[]}} grids
 * @param {string} name
 */
function gridFigure(t, { wanted, given }, name) {
  const [own, other] = [flat(wanted), flat(given)];
  const rows = Math.max(own[0], other[0]);
  const columns = Math.max(own[1], other[1]);
  const caption = element("figcaption", {}, `${name} [${wanted.join(", ")}] · G [${given.join(", ")}]`);
  if (rows > MOST || columns > MOST) return element("figure", { class: "fault-figure" }, caption);
  const size = {
    width: columns * (CELL.width + CELL.gap) - CELL.gap + 2,
    height: rows * (CELL.height + CELL.gap) - CELL.gap + 2,
  };
  const label = t("page.fault.grids", { name, wanted: wanted.join(" × "), given: given.join(" × ") });
  const svg = svgElement("svg", { ...size, class: "fault-grid", role: "img", "aria-label": label });
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const needed = row < own[0] && column < own[1];
      const there = row < other[0] && column < other[1];
      if (needed || there) svg.append(cellMark(row, column, needed ? (there ? "both" : "missing") : "extra"));
    }
  return element("figure", { class: "fault-figure" }, svg, caption);
}

/** @param {number[]} shape @returns {[number, number]} rows and columns of its last two dims */
function flat(shape) {
  return [shape.length > 1 ? shape[shape.length - 2] : 1, shape.at(-1) ?? 1];
}

/** @param {number} row @param {number} column @param {"both" | "missing" | "extra"} state */
function cellMark(row, column, state) {
  const x = 1 + column * (CELL.width + CELL.gap);
  const y = 1 + row * (CELL.height + CELL.gap);
  const box = svgElement("rect", { x, y, width: CELL.width, height: CELL.height, rx: 5 });
  const cell = svgElement("g", { class: `fault-cell fault-cell-${state}` }, box);
  const middle = { x: x + CELL.width / 2, y: y + CELL.height / 2 };
  const sign = {
    both: `M${middle.x - 5} ${middle.y}l4 4l7 -8`,
    missing: `M${middle.x - 4.5} ${middle.y - 4.5}l9 9m0 -9l-9 9`,
    extra: `M${middle.x - 5} ${middle.y}h10`,
  };
  cell.append(svgElement("path", { d: sign[state] }));
  return cell;
}

/** @param {NonNullable<Explanation["shapes"]>} shapes */
function shapeFigure({ left, right, clash }) {
  const figure = element("figure", { class: "fault-figure fault-shapes" });
  [left, right].forEach((shape, side) => {
    const row = element("code", {}, "[");
    shape.forEach((size, position) => {
      const wrong = clash.some((pair) => pair[side] === position);
      row.append(element(wrong ? "mark" : "span", {}, String(size)), position < shape.length - 1 ? ", " : "");
    });
    row.append("]");
    figure.append(row);
  });
  return figure;
}
