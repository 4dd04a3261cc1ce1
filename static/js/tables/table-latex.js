/** A Jacobian table as LaTeX: the whole as a matrix, one cell as a derivative with its rule and its number. */

import { elementTexOf, numberTex } from "../why/sum-latex.js";
import { symbolTex } from "../picture/symbols.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./jacobian.js").Jacobian} Jacobian
 * @typedef {((r: number, c: number) => string | null) | null} Symbols  LaTeX of a cell; null where numbers are shown
 */

/**
 * @param {Picture} picture
 * @param {Jacobian} table
 * @param {Symbols} symbols
 */
export function tableLatex(picture, table, symbols) {
  const rows = table.cells.map((row, r) =>
    row
      .map((weight, c) => (weight === null ? "0" : (symbols?.(r, c) ?? numberTex(shortest(weight)))))
      .join(" & "),
  );
  const matrix = `\\begin{bmatrix} ${rows.join(" \\\\ ")} \\end{bmatrix}`;
  const [output, input] = [table.output, table.input].map((id) => picture.symbols.get(id));
  if (!output || !input) return matrix;
  return `\\frac{\\partial ${symbolTex(output)}}{\\partial ${symbolTex(input)}} = ${matrix}`;
}

/**
 * @param {Picture} picture
 * @param {Jacobian} table
 * @param {{r: number, c: number}} place
 * @param {Symbols} symbols
 */
export function cellLatex(picture, table, { r, c }, symbols) {
  const [output, input] = [
    elementTexOf(picture, table.output, table.rows[r]),
    elementTexOf(picture, table.input, table.columns[c]),
  ];
  const number = numberTex(shortest(table.cells[r][c] ?? 0));
  const symbol = symbols?.(r, c);
  const steps = symbol && symbol !== number ? [symbol, number] : [number];
  return [`\\frac{\\partial ${output}}{\\partial ${input}}`, ...steps].join(" = ");
}

/** A sum of weights in float32 without the noise of adding doubles. @param {number} weight */
function shortest(weight) {
  return Number(weight.toPrecision(12));
}
