/** The part with the table: which of its views the reader chose, and what its cells and heads do. */

import { linkedEdge, linkedElement } from "../links.js";
import { tableSection } from "../marks/table-section.js";
import { tableAt } from "../tables.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {import("../marks/context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../walk.js").Known} Known
 * @typedef {import("../jacobian.js").View} View
 */

/**
 * @param {HTMLElement} body  where the part is drawn
 * @param {Store} store
 * @param {() => void} redraw
 */
export function createTablePart(body, store, redraw) {
  /** @type {View | null} */
  let view = null;
  body.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const chosen = target.closest("[data-view]");
    if (chosen instanceof HTMLElement) {
      view = /** @type {View} */ (chosen.dataset.view);
      redraw();
    }
    const button = target.closest(".jacobian button[data-link]");
    if (button) choose(store, button.getAttribute("data-link") ?? "");
  });
  body.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLElement && walk(event.target, event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  return {
    /** @param {Context} context @param {Picture} picture @param {Known} known @param {State} state */
    draw(context, picture, known, state) {
      const table = tableAt(picture, known, state, view);
      const chosen = table && state.edge?.op === table.op ? state.edge : null;
      const part = tableSection(context, picture, table, { symbols: null, chosen });
      part.querySelector(".jacobian [data-at]")?.setAttribute("tabindex", "0");
      return part;
    },
  };
}

/** A cell chooses its edge and the element that the sum is read for; a head chooses its element. @param {Store} store @param {string} links */
function choose(store, links) {
  const [own] = links.split(" ");
  const { trace, edge: before, reading } = store.get();
  const selection = linkedElement(own);
  if (selection) return store.set({ selection, edge: null });
  const edge = linkedEdge(own);
  const op = trace?.ops.find(({ id }) => id === edge?.op);
  const relation = op?.relations[edge?.relation ?? 0];
  if (!edge || !op || !relation?.edges) return;
  const [side, end] =
    reading === "output"
      ? /** @type {const} */ (["outputs", "output"])
      : /** @type {const} */ (["inputs", "input"]);
  const place = { tensor: op[side][relation[end]], element: relation.edges[end][edge.edge] };
  const same =
    before && before.op === edge.op && before.relation === edge.relation && before.edge === edge.edge;
  store.set({ selection: place, edge: same ? null : edge });
}

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Arrow keys move the focus to the next cell that way, over places without an edge.
 * @param {HTMLElement} from
 * @param {string} key
 * @returns {boolean} whether the key meant something here
 */
function walk(from, key) {
  const [dr, dc] = WAYS[key] ?? [0, 0];
  const table = from.closest("table.jacobian");
  if (!table || from.dataset.at === undefined || !(dr || dc)) return false;
  let [r, c] = from.dataset.at.split(" ").map(Number);
  for (let i = 0; i < 64; i += 1) {
    [r, c] = [r + dr, c + dc];
    const next = table.querySelector(`[data-at="${r} ${c}"]`);
    if (!(next instanceof HTMLElement)) continue;
    from.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    break;
  }
  return true;
}
