/** How code calls a tensor: its name, else its own expression in brackets, else the letter that formulas use. */

const LONG = 12;

/**
 * @param {import("../trace/trace-types.js").TraceTensor} tensor
 * @param {Map<number, import("../picture/symbols.js").Symbol>} symbols
 */
export function codeName({ id, name, label }, symbols) {
  if (name) return name;
  const symbol = symbols.get(id);
  return label.length <= LONG || !symbol ? `(${label})` : symbol.text;
}
