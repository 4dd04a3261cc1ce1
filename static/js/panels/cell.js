/** One notebook cell: head with number and state, editor, output, error card. */

import { element, setAttribute } from "../element.js";
import { icon } from "../icons.js";
import { createEditor } from "./editor.js";
import { errorCard, noticeLines, printedOutput } from "./output.js";

/**
 * @typedef {import("../cells.js").Cell} Cell
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../trace-types.js").Span} Span
 *
 * @typedef {object} CellState
 * @property {Cell} cell
 * @property {number} position
 * @property {import("../store.js").Language} lang
 * @property {boolean} running
 * @property {boolean} alone         it is the only cell, so it cannot be deleted
 * @property {"forward" | "backward"} part
 * @property {Span | null} now       the statement being shown, when it stands here
 * @property {Span | null} origin    the forward statement it came from, when it stands here
 * @property {Map<number, string>} values
 *
 * @typedef {object} CellView
 * @property {HTMLElement} root
 * @property {(state: CellState) => void} draw
 * @property {() => void} focus
 * @property {() => void} destroy
 */

/**
 * @param {Cell} cell
 * @param {Translate} t
 * @param {{edit: (source: string) => void, run: () => void, remove: () => void}} on
 * @returns {CellView}
 */
export function createCell(cell, t, on) {
  const root = element("section", { class: "cell", tabindex: -1 });
  const editor = createEditor({
    source: cell.source,
    onChange: on.edit,
    onRun: on.run,
    onLeave: () => root.focus(),
  });
  const head = cellHead(on.remove);
  const under = element("div", { class: "cell-under" });
  const card = element("div", { class: "cell-error" });
  root.append(element("div", { class: "cell-box" }, head.root, editor.dom, under), card);
  /** @type {CellState | null} */
  let drawn = null;
  return {
    root,
    draw(state) {
      if (drawn && sameState(drawn, state)) return;
      if (drawn?.lang !== state.lang || drawn.position !== state.position) name(root, editor, state, t);
      head.draw(state, t);
      drawOutput(under, card, state, t);
      editor.write(state.cell.source);
      editor.mark({
        error: errorPlace(state.cell),
        now: state.now,
        origin: state.origin,
        values: state.values,
      });
      setAttribute(root, "data-state", stateName(state));
      if (state.now && !samePlace(drawn?.now ?? null, state.now)) keepInView(root);
      drawn = state;
    },
    focus: () => editor.focus(),
    destroy() {
      editor.destroy();
      root.remove();
    },
  };
}

/** @param {HTMLElement} root @param {import("./editor.js").Editor} editor @param {CellState} state @param {Translate} t */
function name(root, editor, { position }, t) {
  const number = position + 1;
  root.setAttribute("aria-label", t("page.code.cell", { number }));
  editor.relabel(t("page.code.editor", { number }), t("page.code.placeholder"));
}

/** @param {() => void} remove */
function cellHead(remove) {
  const number = element("b", {});
  const word = element("span", { class: "cell-state" });
  const button = element("button", { type: "button", class: "cell-delete" }, icon("close", 14));
  button.addEventListener("click", remove);
  return {
    root: element("header", { class: "cell-head" }, number, word, button),
    /** @param {CellState} state @param {Translate} t */
    draw(state, t) {
      const label = t("page.code.delete", { number: state.position + 1 });
      number.textContent = `[${state.position + 1}]`;
      word.textContent = t(`page.code.state.${stateName(state)}`);
      button.setAttribute("aria-label", label);
      button.title = label;
      button.hidden = state.alone;
    },
  };
}

/** @param {CellState} state */
function stateName({ cell, running, part, now }) {
  if (running) return "running";
  if (cell.stale) return "stale";
  if (cell.ran === null) return "idle";
  if (cell.error) return "error";
  return now ? "showing" : part;
}

/** @param {HTMLElement} under @param {HTMLElement} card @param {CellState} state @param {Translate} t */
function drawOutput(under, card, { cell, position, lang }, t) {
  const printed = printedOutput(cell, t("page.code.output", { number: position + 1 }));
  under.replaceChildren(...(printed ? [printed] : []), ...noticeLines(cell, t, lang));
  card.replaceChildren(...(cell.error ? [errorCard(cell.error, t, lang)] : []));
}

/** @param {Cell} cell */
function errorPlace({ error, stale }) {
  if (stale || !error?.line) return null;
  const { line, column, end_line, end_column } = error;
  return { line, column: column ?? 0, end_line: end_line ?? line, end_column: end_column ?? column ?? 0 };
}

/**
 * Drawing an editor costs more than comparing; a step changes one cell or two.
 * @param {CellState} a
 * @param {CellState} b
 */
function sameState(a, b) {
  return (
    a.cell === b.cell &&
    a.position === b.position &&
    a.lang === b.lang &&
    a.running === b.running &&
    a.alone === b.alone &&
    a.part === b.part &&
    samePlace(a.now, b.now) &&
    samePlace(a.origin, b.origin) &&
    a.values.size === b.values.size &&
    [...a.values].every(([line, text]) => b.values.get(line) === text)
  );
}

/** @param {Span | null} a @param {Span | null} b */
function samePlace(a, b) {
  if (!a || !b) return a === b;
  return (
    a.cell === b.cell &&
    a.line === b.line &&
    a.column === b.column &&
    a.end_line === b.end_line &&
    a.end_column === b.end_column
  );
}

/** @param {HTMLElement} root */
function keepInView(root) {
  const list = root.parentElement;
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const mark = root.querySelector(".line-now") ?? root;
  const box = mark.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (box.top < frame.top) list.scrollTop -= frame.top - box.top + 24;
  if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom + 24;
}
