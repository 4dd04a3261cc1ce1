/** What the cells and heads of tables do: a cell chooses its edge, a head its element; arrow keys move between them. */

import { formatNumber } from "../../format.js";
import { linkedEdge, linkedElement } from "../../picture/links.js";
import { chooseEdge } from "../canvas/choose-edge.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 * @typedef {{op: number, relation: number, edge: number}} Edge
 */

/**
 * @param {HTMLElement} body
 * @param {Store} store
 * @param {() => Jacobian | null} current  the table that is shown
 */
export function listenToTables(body, store, current) {
  body.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest(".jacobian button[data-link]");
    if (button) choose(store, button.getAttribute("data-link") ?? "");
    const place = heatPlace(event, current());
    if (place?.edge) chooseEdge(store, place.edge);
  });
  body.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement) || !walk(event.target, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  body.addEventListener("pointermove", (event) => {
    const place = heatPlace(event, current());
    const readout = body.querySelector(".heat-readout");
    if (place && readout) readout.textContent = place.text;
  });
}

/** @param {Store} store @param {string} links */
function choose(store, links) {
  const [own] = links.split(" ");
  const selection = linkedElement(own);
  const edge = linkedEdge(own);
  if (selection) store.set({ selection, edge: null });
  else if (edge) chooseEdge(store, edge);
}

/**
 * Which cell of the heat map the pointer is on.
 * @param {MouseEvent} event
 * @param {Jacobian | null} table
 * @returns {{text: string, edge: Edge | null} | null}
 */
function heatPlace({ target, clientX, clientY }, table) {
  const map = target instanceof Element ? target.closest(".heat") : null;
  if (!map || !table) return null;
  const box = map.getBoundingClientRect();
  const c = Math.floor(((clientX - box.left) / box.width) * table.columns.length);
  const r = Math.floor(((clientY - box.top) / box.height) * table.rows.length);
  const weight = table.cells[r]?.[c] ?? null;
  const [first] = table.joined[r]?.[c] ?? [];
  const text = `J[${table.rows[r]}, ${table.columns[c]}] = ${weight === null ? "·" : formatNumber(weight)}`;
  return { text, edge: first ? { op: table.op, ...first } : null };
}

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 64;

/**
 * Arrow keys move the focus to the next cell that way, over places without an edge.
 * @param {HTMLElement} from
 * @param {string} key
 * @returns {boolean} whether the key meant something here
 */
function walk(from, key) {
  const way = WAYS[key] ?? [0, 0];
  const [dr, dc] = from.closest(".textbook-column") ? [way[1], way[0]] : way;
  const table = from.closest("table.jacobian");
  if (!table || from.dataset.at === undefined || !(dr || dc)) return false;
  const [r, c] = from.dataset.at.split(" ").map(Number);
  for (let i = 1; i <= FAR; i += 1) {
    const next = table.querySelector(`[data-at="${r + i * dr} ${c + i * dc}"]`);
    if (!(next instanceof HTMLElement)) continue;
    from.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    break;
  }
  return true;
}
