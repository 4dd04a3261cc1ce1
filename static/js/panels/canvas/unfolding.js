/** Folding and unfolding in place: double click, double tap, or Enter; ↑ and ↓ go from operation to operation. */

import { foldModules } from "../../modules/fold-modules.js";
import { unfold } from "../../picture/levels.js";

/** Two clicks, or taps, on the same operation within this many ms are one double click. */
const DOUBLE = 400;
const CHIPS = ".fold, .op[data-toggle], .region-head, .module-sign";

/**
 * @param {SVGSVGElement} svg
 * @param {import("../../store.js").Store} store
 */
export function mountUnfolding(svg, store) {
  let last = { toggle: "", at: 0 };
  svg.addEventListener("click", (event) => {
    const toggle = toggleOf(event.target);
    const sign = event.target instanceof Element && event.target.closest(".module-sign") !== null;
    if (sign) act(store, toggle);
    const again = toggle !== "" && toggle === last.toggle && !sign && event.timeStamp - last.at < DOUBLE;
    last = { toggle: again ? "" : toggle, at: event.timeStamp };
    if (again) act(store, toggle);
  });
  svg.addEventListener("keydown", (event) => {
    const chip = event.target instanceof Element ? event.target.closest(CHIPS) : null;
    if (!chip || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const press = event.key === "Enter" || event.key === " ";
    if (!by && !press) return;
    event.preventDefault();
    if (press) act(store, toggleOf(chip));
    else step(svg, chip, by);
  });
}

/** "open 3 4" or "close 3" of operations; "fold 2" or "unfold 2" of a module's call. @param {EventTarget | null} target */
function toggleOf(target) {
  const mark = target instanceof Element ? target.closest("[data-toggle]") : null;
  return mark?.getAttribute("data-toggle") ?? "";
}

/** @param {import("../../store.js").Store} store @param {string} toggle */
function act(store, toggle) {
  const [way, ...ops] = toggle.split(" ");
  if (way === "fold" || way === "unfold") return foldModules(store, ops.map(Number), way === "fold");
  unfold(store, ops.map(Number), way === "open");
}

/** @param {SVGSVGElement} svg @param {Element} chip @param {number} by */
function step(svg, chip, by) {
  const all = chipsOf(svg);
  const next = all[all.indexOf(/** @type {SVGElement} */ (chip)) + by];
  if (!next) return;
  chip.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus({ preventScroll: true });
}

/**
 * From the first operation to the last.
 * @param {SVGSVGElement} svg
 * @returns {SVGElement[]}
 */
function chipsOf(svg) {
  const chips = /** @type {SVGElement[]} */ ([...svg.querySelectorAll(CHIPS)]);
  return chips.sort((a, b) => Number(a.dataset.op) - Number(b.dataset.op));
}

/**
 * The operation whose chip has the focus, to be given to `roveChips` after the next drawing.
 * @param {SVGSVGElement} svg
 */
export function focusedChip(svg) {
  const chip = document.activeElement?.closest(CHIPS);
  return chip && svg.contains(chip) ? Number(/** @type {SVGElement} */ (chip).dataset.op) : null;
}

/**
 * One stop for the Tab key among operations: the one that had it, else the current one, else the first.
 * @param {SVGSVGElement} svg
 * @param {number | null} held
 */
export function roveChips(svg, held) {
  const chips = chipsOf(svg);
  const kept = held === null ? undefined : chips.findLast((chip) => Number(chip.dataset.op) <= held);
  const now = chips.find((chip) => chip.matches(".fold-now, .op-now, .region-now .region-head"));
  const stop = kept ?? now ?? chips[0];
  for (const chip of chips) chip.setAttribute("tabindex", chip === stop ? "0" : "-1");
  if (kept) kept.focus({ preventScroll: true });
}
