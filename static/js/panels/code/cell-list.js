/** The views of the cells: one per cell as long as it lives, in the order of the cells, so that editors keep their history. */

import { createCell } from "./cell.js";

/**
 * @typedef {import("../../code/cells.js").Cell} Cell
 * @typedef {import("./cell.js").CellView} CellView
 *
 * @typedef {object} CellList
 * @property {(cells: Cell[]) => void} arrange   makes, removes and orders views
 * @property {(id: number) => CellView | undefined} view
 */

/**
 * @param {HTMLElement} list
 * @param {import("../../i18n.js").Translate} t
 * @param {(cell: Cell) => import("./cell.js").CellActions} actions
 * @returns {CellList}
 */
export function createCellList(list, t, actions) {
  /** @type {Map<number, CellView>} */
  const views = new Map();
  return {
    view: (id) => views.get(id),
    arrange(cells) {
      const ids = new Set(cells.map(({ id }) => id));
      for (const [id, view] of views) {
        if (ids.has(id)) continue;
        view.destroy();
        views.delete(id);
      }
      const held = document.activeElement;
      cells.forEach((cell, position) => {
        const view = views.get(cell.id) ?? createCell(cell, t, actions(cell));
        views.set(cell.id, view);
        if (list.children[position] !== view.root)
          list.insertBefore(view.root, list.children[position] ?? null);
      });
      // Moving a node takes the focus from what is in it.
      if (held instanceof HTMLElement && held !== document.activeElement && list.contains(held)) held.focus();
    },
  };
}
