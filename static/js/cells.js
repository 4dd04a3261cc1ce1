/** Notebook cells: what the reader wrote, what the last run said about it, and whether that still holds. */

/**
 * @typedef {import("./trace-types.js").TraceError} TraceError
 * @typedef {{code: string, line: number, en: string, zh: string}} Notice
 * @typedef {TraceError & {line?: number | null, column?: number | null, end_line?: number | null, end_column?: number | null}} CellError
 * @typedef {{stdout: string, result: string | null, error: CellError | null, notices: Notice[]}} CellAnswer
 *
 * @typedef {object} Cell
 * @property {number} id
 * @property {string} source
 * @property {string | null} ran     the source that the last run was given; null before any run
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
  return { id: last, source, ran: null, stale: false, stdout: "", result: null, error: null, notices: [] };
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
 * @returns {Cell[]} with an empty cell at the end
 */
export function extended(cells) {
  return [...cells, fresh("")];
}

/**
 * Without one cell; what came after it ran on its names, so it is stale now.
 * @param {Cell[]} cells
 * @param {number} id
 * @returns {Cell[]}
 */
export function without(cells, id) {
  const position = cells.findIndex((cell) => cell.id === id);
  const ran = position >= 0 && cells[position].ran !== null;
  const kept = cells.filter((cell) => cell.id !== id);
  if (!kept.length) return fromSources([]);
  return kept.map((cell, i) => (ran && i >= position && cell.ran !== null ? { ...cell, stale: true } : cell));
}

/**
 * What a run says, put under the cells that were sent. An edit made meanwhile stays stale.
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
      if (i === undefined || !answers[i]) return cell;
      const { stdout, result, error, notices } = answers[i];
      return { ...cell, ran: sent[i].source, stale: false, dated: false, stdout, result, error, notices };
    }),
  );
}

/**
 * An edited cell is stale, and so is every cell that ran after it.
 * @param {Cell[]} cells
 * @returns {Cell[]}
 */
function marked(cells) {
  let upset = false;
  return cells.map((cell) => {
    upset ||= cell.ran !== null && cell.ran !== cell.source;
    return cell.ran !== null && upset !== cell.stale ? { ...cell, stale: upset } : cell;
  });
}

/**
 * @param {Cell[]} cells
 * @returns {boolean} whether anything in them is worth running
 */
export function hasCode(cells) {
  return cells.some((cell) => cell.source.trim() !== "");
}
