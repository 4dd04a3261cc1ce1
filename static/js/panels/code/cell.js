/** One notebook cell: head with number and state, editor, output, error in PyTorch's words. */

import { sameMarks } from "../../code/code-marks.js";
import { element, setAttribute } from "../../element.js";
import { cellHead, stateName } from "./cell-tools.js";
import { createEditor } from "./editor.js";
import { errorCard, noticeLines, printedOutput } from "./output.js";

/**
 * @typedef {import("../../code/cells.js").Cell} Cell
 * @typedef {import("../../i18n.js").Translate} Translate
 *
 * @typedef {object} CellState
 * @property {Cell} cell
 * @property {number} position
 * @property {number} count         of all cells
 * @property {import("../../store.js").Language} lang
 * @property {boolean} running
 * @property {"forward" | "backward"} part
 * @property {import("../../code/code-marks.js").CodeMarks} marks
 *
 * @typedef {object} CellView
 * @property {HTMLElement} root
 * @property {(state: CellState) => void} draw
 * @property {import("./editor.js").Editor["edit"]} edit
 * @property {() => void} undo
 * @property {() => void} focus
 * @property {() => void} destroy
 *
 * @typedef {object} CellActions
 * @property {(source: string) => void} edit
 * @property {() => string[]} sources  of all cells
 * @property {() => void} run
 * @property {() => void} runTo    all cells down to this one
 * @property {() => void} up
 * @property {() => void} down
 * @property {() => void} add      a cell below
 * @property {() => void} remove
 * @property {() => void} explain  its error
 * @property {(notice: import("../../code/cells.js").Notice) => import("../../errors/fixes.js").Fix[]} fixes  of a remark
 * @property {(fix: import("../../errors/fixes.js").Fix) => void} mend
 */

/**
 * @param {Cell} cell
 * @param {Translate} t
 * @param {CellActions} on
 * @returns {CellView}
 */
export function createCell(cell, t, on) {
  const root = element("section", { class: "cell", tabindex: -1 });
  const editor = createEditor({
    source: cell.source,
    onChange: on.edit,
    onRun: on.run,
    onLeave: () => root.focus(),
    around: { t, sources: on.sources },
  });
  const head = cellHead(on);
  const under = element("div", { class: "cell-under" });
  const card = element("div", { class: "cell-error" });
  root.append(element("div", { class: "cell-box" }, head.root, editor.dom, under), card);
  listen(root, editor, on);
  /** @type {CellState | null} */
  let drawn = null;
  return {
    root,
    draw(state) {
      if (drawn && sameState(drawn, state)) return;
      if (drawn?.lang !== state.lang || drawn.position !== state.position) name(root, editor, state, t);
      head.draw(state, t);
      if (drawn?.cell !== state.cell || drawn.lang !== state.lang) drawOutput(under, card, state, t, on);
      editor.write(state.cell.source);
      editor.mark(state.marks);
      setAttribute(root, "data-state", stateName(state));
      const moved = JSON.stringify(state.marks.now) !== JSON.stringify(drawn?.marks.now ?? null);
      if (state.marks.now && moved && !document.documentElement.dataset.dragging) keepInView(root);
      drawn = state;
    },
    edit: editor.edit,
    undo: editor.undo,
    focus: () => editor.focus(),
    destroy() {
      editor.destroy();
      root.remove();
    },
  };
}

/**
 * Keys of a cell, before its editor sees them.
 * @param {HTMLElement} root
 * @param {import("./editor.js").Editor} editor
 * @param {CellActions} on
 */
function listen(root, editor, on) {
  /** @param {KeyboardEvent} event @returns {(() => void) | null} */
  const meant = (event) => {
    const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) return null;
    if (altKey && shiftKey && key === "ArrowUp") return on.up;
    if (altKey && shiftKey && key === "ArrowDown") return on.down;
    if (altKey && key === "Enter") return on.runTo;
    return key === "Enter" && event.target === root ? editor.focus : null;
  };
  root.addEventListener(
    "keydown",
    (event) => {
      const act = meant(event);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    true,
  );
}

/** @param {HTMLElement} root @param {import("./editor.js").Editor} editor @param {CellState} state @param {Translate} t */
function name(root, editor, { position }, t) {
  const number = position + 1;
  root.setAttribute("aria-label", t("page.code.cell", { number }));
  editor.relabel(t("page.code.editor", { number }), t("page.code.placeholder"));
}

/** @param {HTMLElement} under @param {HTMLElement} card @param {CellState} state @param {Translate} t @param {CellActions} on */
function drawOutput(under, card, { cell, position, lang }, t, on) {
  const printed = printedOutput(
    cell,
    t("page.code.output", { number: position + 1 }),
    t("page.gradient.dated"),
  );
  under.replaceChildren(...(printed ? [printed] : []), ...noticeLines(cell, t, lang, on));
  card.replaceChildren(...(cell.error ? [errorCard(cell, t, lang, on.explain)] : []));
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
    a.count === b.count &&
    a.lang === b.lang &&
    a.running === b.running &&
    a.part === b.part &&
    sameMarks(a.marks, b.marks)
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
