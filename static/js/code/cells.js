/** Notebook cells: what the reader wrote, what the last run said about it, and whether that still holds. */

/**
 * @typedef {import("../trace/trace-types.js").TraceError} TraceError
 * @typedef {{code: string, line: number, en: string, zh: string}} Notice
 * @typedef {TraceError & {line?: number | null, column?: number | null, end_line?: number | null, end_column?: number | null}} CellError
 * @typedef {{stdout: string, result: string | null, error: CellError | null, notices: Notice[]}} CellAnswer
 *
 * @typedef {object} Cell
 * @property {number} id
 * @property {string} source
 * @property {string | null} ran     the source that its last run was given; null before any run
 * @property {number | null} place   position in the last run, which the trace's positions refer to; null when it was not in it
 * @property {boolean} stale         what is shown under the cell no longer belongs to the code
 * @property {string} stdout
 * @property {string | null} result
 * @property {CellError | null} error
 * @property {Notice[]} notices
 * @property {boolean} [dated]       the code is what ran but for a gradient, and this output may still say the old numbers
 */

let last = 0;

/**
 * @param {string} source
 * @returns {Cell}
 */
function fresh(source) {
  last += 1;
  const said = { stdout: "", result: null, error: null, notices: [] };
  return { id: last, source: source.replace(/\r\n?/g, "\n"), ran: null, place: null, stale: false, ...said };
}

/**
 * @param {string[]} sources
 * @returns {Cell[]} never empty
 */
export function fromSources(sources) {
  return (sources.length ? sources : [""]).map(fresh);
}

/**
 * @param {Cell[]} cells
 * @param {number} id
 * @param {string} source
 * @returns {Cell[]}
 */
export function edited(cells, id, source) {
  return marked(cells.map((cell) => (cell.id === id ? { ...cell, source } : cell)));
}

/**
 * @param {Cell[]} cells
 * @param {number} [after]  id of the cell to put it below; at the end without one
 * @returns {{cells: Cell[], added: number}} with an empty cell more, and its id
 */
export function extended(cells, after) {
  const cell = fresh("");
  const position = after === undefined ? cells.length : cells.findIndex(({ id }) => id === after) + 1;
  return { cells: marked(cells.toSpliced(position, 0, cell)), added: cell.id };
}

/**
 * Without one cell; what came after it ran on its names, so it is stale now.
 * @param {Cell[]} cells
 * @param {number} id
 * @returns {Cell[]}
 */
export function without(cells, id) {
  const kept = cells.filter((cell) => cell.id !== id);
  return kept.length ? marked(kept) : fromSources([]);
}

/**
 * @param {Cell[]} cells
 * @param {number} id
 * @param {-1 | 1} by
 * @returns {Cell[]} the same where it cannot go further
 */
export function moved(cells, id, by) {
  const position = cells.findIndex((cell) => cell.id === id);
  const target = position + by;
  if (position < 0 || target < 0 || target >= cells.length) return cells;
  return marked(cells.toSpliced(position, 1).toSpliced(target, 0, cells[position]));
}

/**
 * The cells as they stood before one was added, removed or moved, with what has been written since.
 * @param {Cell[]} cells
 * @param {Cell[]} before
 * @returns {Cell[]}
 */
export function restored(cells, before) {
  const now = new Map(cells.map((cell) => [cell.id, cell]));
  return marked(before.map((cell) => now.get(cell.id) ?? cell));
}

/**
 * What a run says, put under the cells that were sent; the others were not in it. An edit made meanwhile stays stale.
 * @param {Cell[]} cells
 * @param {{id: number, source: string}[]} sent
 * @param {CellAnswer[]} answers one per sent cell
 * @returns {Cell[]}
 */
export function answered(cells, sent, answers) {
  const positions = new Map(sent.map(({ id }, i) => [id, i]));
  return marked(
    cells.map((cell) => {
      const i = positions.get(cell.id);
      if (i === undefined || !answers[i]) return { ...cell, place: null };
      const { stdout, result, error, notices } = answers[i];
      const said = { stdout, result, error, notices };
      return { ...cell, ran: sent[i].source, place: i, stale: false, dated: false, ...said };
    }),
  );
}

/**
 * Cells hold what the last run said as long as they and all before them still stand as they ran.
 * @param {Cell[]} cells
 * @returns {Cell[]}
 */
function marked(cells) {
  const holding = held(cells);
  return cells.map((cell) => {
    const stale = cell.ran !== null && !holding.has(cell.id);
    return stale === cell.stale ? cell : { ...cell, stale };
  });
}

/** @param {Cell[]} cells @returns {Set<number>} ids of the cells that begin the last run unchanged */
function held(cells) {
  /** @type {Set<number>} */
  const ids = new Set();
  for (const cell of cells) {
    if (cell.place === null && !cell.source.trim()) continue;
    if (cell.place !== ids.size || cell.ran !== cell.source) break;
    ids.add(cell.id);
  }
  return ids;
}

/**
 * Whether a trace belongs to other code than stands in the cells now. Cells below the last that ran do not count.
 * @param {Cell[]} cells
 * @param {number} count  how many cells the run had
 */
export function isOutdated(cells, count) {
  return held(cells).size < count;
}

/**
 * @param {Cell[]} cells
 * @returns {boolean} whether anything in them is worth running
 */
export function hasCode(cells) {
  return cells.some((cell) => cell.source.trim() !== "");
}
