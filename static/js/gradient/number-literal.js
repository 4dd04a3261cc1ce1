/** Nested lists of numbers in Python text: read, and written with other numbers in the same place and style. */

/**
 * @typedef {{from: number, to: number, value: number}} Token
 * @typedef {{shape: number[], values: number[], tokens: Token[]}} Numbers  tokens: offsets in the text that was read
 */

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

/**
 * The list of numbers in an expression such as `torch.tensor([[1.0, 2.0], [0.5, -1.0]])`.
 * @param {string} text
 * @returns {Numbers | null} null when it holds no list, or something else than numbers
 */
export function numbersIn(text) {
  const start = text.indexOf("[");
  const end = text.lastIndexOf("]") + 1;
  if (start < 0 || end <= start) return null;
  const inside = text.slice(start, end).replace(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
  const tokens = [...inside.matchAll(NUMBER)].map((found) => ({
    from: start + found.index,
    to: start + found.index + found[0].length,
    value: Number(found[0]),
  }));
  if (!tokens.length || !/^[\s[\],]*$/.test(inside.replace(NUMBER, ""))) return null;
  const shape = shapeOf(inside.replace(NUMBER, "0"));
  return shape && { shape, values: tokens.map(({ value }) => value), tokens };
}

/**
 * @param {string} list  JSON but for line breaks and a comma at an end
 * @returns {number[] | null} null when it is not well formed or ragged
 */
function shapeOf(list) {
  try {
    return measured(JSON.parse(list.replace(/,\s*(?=\])/g, "")));
  } catch {
    return null;
  }
}

/** @param {unknown} value @returns {number[] | null} */
function measured(value) {
  if (!Array.isArray(value)) return [];
  const shapes = value.map(measured);
  const first = shapes[0] ?? null;
  if (!first || shapes.some((shape) => String(shape) !== String(first))) return null;
  return [value.length, ...first];
}

/**
 * The text with other numbers: each in its old place, and only those that changed.
 * @param {string} text
 * @param {Numbers} numbers  what numbersIn found in it
 * @param {number[]} values
 * @returns {string}
 */
export function withNumbers(text, { tokens }, values) {
  const bare = tokens.every(({ from, to }) => !/\.\d|e/i.test(text.slice(from, to)));
  return tokens.reduceRight((written, { from, to, value }, i) => {
    if (Object.is(value, values[i])) return written;
    return written.slice(0, from) + pythonFloat(values[i], bare) + written.slice(to);
  }, text);
}

/**
 * @param {number[]} values  flat, row-major
 * @param {number[]} shape
 * @returns {string} nested lists in Python
 */
export function listText(values, shape) {
  if (!shape.length) return pythonFloat(values[0]);
  const size = values.length / shape[0];
  const rows = Array.from({ length: shape[0] }, (_, i) =>
    listText(values.slice(i * size, (i + 1) * size), shape.slice(1)),
  );
  return `[${rows.join(", ")}]`;
}

/**
 * A number as Python code writes it: always with a point, so that it is a float.
 * @param {number} value
 * @param {boolean} [bare]  `1.` rather than `1.0`
 */
export function pythonFloat(value, bare = false) {
  const text = Object.is(value, -0) ? "0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.${bare ? "" : "0"}`;
}
