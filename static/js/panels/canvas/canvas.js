/** The canvas: draws the scene of the current step, and lets the reader choose, walk, pan and zoom. */

import { badgeText, countText, emptyReason } from "../../picture/canvas-words.js";
import { element, svgElement } from "../../element.js";
import { LOOKED } from "../../why/reading.js";
import { createDiagram } from "../../marks/diagram/diagram.js";
import { emptyMark } from "../../marks/diagram/empty.js";
import { unitOf } from "../../picture/room.js";
import {
  frameIn,
  isAnother,
  isRefolded,
  momentOf,
  openedIn,
  prepareNeighbours,
  shownPicture,
} from "../../picture/shown-picture.js";
import { knownAt } from "../../trace/walk.js";
import { createBeyond } from "./beyond.js";
import { hoverEdges } from "./edge-hover.js";
import { arranged } from "./elk.js";
import { listen } from "./choosing.js";
import { focusedPlace, rove } from "./focus.js";
import { placesOf, slide } from "./flip.js";
import { mountFoldTip } from "./fold-tip.js";
import { mountLevelSwitch } from "./level-switch.js";
import { createGradient } from "../gradient/gradient.js";
import { createMover } from "./mover.js";
import { focusedChip, mountUnfolding, roveChips } from "./unfolding.js";
import { createPaintedEdges } from "./painted-edges.js";
import { createWeightsSwitch } from "./weights-switch.js";
import { createViewport } from "./viewport.js";
import { zoomButtons } from "./zoom-buttons.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {{tensor: number, element: number}} Place
 */

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {Translate} t
 */
export function mountCanvas(root, store, t) {
  const world = /** @type {SVGGElement} */ (svgElement("g", { class: "world" }));
  const svg = /** @type {SVGSVGElement} */ (svgElement("svg", { class: "diagram", role: "group" }, world));
  const badge = element("p", { class: "canvas-badge" });
  const count = element("p", { class: "canvas-count" });
  const tools = element("div", { class: "canvas-tools" });
  const head = element("div", { class: "canvas-head" }, badge);
  const bar = element("div", { class: "canvas-bar" }, tools);
  root.append(svg, head, bar, element("div", { class: "canvas-foot" }));
  const levels = mountLevelSwitch(bar, store, t);
  bar.append(count);
  const gradient = createGradient(root, store, t);
  const painted = createPaintedEdges(root, svg, world, { t });
  const weights = createWeightsSwitch(root, store, t);
  const viewport = createViewport(
    svg,
    world,
    () => frameIn(store.get(), sizeOf(svg)),
    (at) => {
      gradient.move(at);
      painted.move(at);
      signs.move(at);
    },
  );
  const signs = createBeyond(root, t, viewport.panBy);
  const diagram = createDiagram(world);
  const mover = createMover(world, { t });
  /** @type {Picture | null} */
  let picture = null;
  /** @type {import("./viewport.js").Bounds | null} */
  let sight = null;
  /** @type {import("../../layout/levels/folds.js").FoldMark[]} */
  let folds = [];
  /** @type {State | null} */
  let last = null;
  let room = { width: 0, height: 0 };
  let measured = sizeOf(svg);
  /** Measuring costs a layout, and a canvas keeps its size while a number is dragged. */
  const view = () => {
    if (!document.documentElement.dataset.dragging) measured = sizeOf(svg);
    return measured;
  };

  /** @param {Picture | null} shown */
  function fit(shown) {
    viewport.fit(gradient.room(shown?.layout.bounds ?? EMPTY));
  }

  /** @param {State} state */
  function draw(state) {
    const next = current(state);
    if (next === "pending") return;
    const known = state.trace && knownAt(state.trace, state.steps, state.step, state.beat, state.part);
    const held = focusedPlace(svg);
    const chip = focusedChip(svg);
    const before = isRefolded(picture, next) ? placesOf(svg) : null;
    sight = null;
    const scene = next && known && momentOf(next, known, state);
    if (!scene) world.replaceChildren(emptyMark({ t }, emptyReason(state)));
    else {
      diagram.draw({ t, lang: state.lang }, next, scene);
      count.textContent = countText(t, next, scene);
      sight = scene.sight;
    }
    count.hidden = !next || !count.textContent;
    gradient.draw(state, next);
    lookAt(state, next);
    weights.draw(next);
    painted.draw(scene?.painted ?? [], scene?.tint ?? null, state.theme);
    picture = next;
    folds = scene ? scene.folds : [];
    signs.show(next?.layout ?? null);
    if (before) slide(svg, before, matchMedia("(prefers-reduced-motion: reduce)").matches);
    mover.drawn(scene && { state, layout: next.layout, scene });
    rove(svg, state.selection, held);
    roveChips(svg, chip);
    label(state);
  }

  /**
   * What is to be drawn now. While a new picture is laid out the last one keeps standing, at the new moment if it can.
   * @param {State} state
   */
  function current(state) {
    const { picture: shown, waiting, level, open, total } = shownPicture(state, view(), arranged);
    levels.show(level, open, total);
    if (waiting) root.dataset.layout = "pending";
    else delete root.dataset.layout;
    if (shown && open < total) setTimeout(() => prepareNeighbours(state, sizeOf(svg), arranged), 60);
    if (!waiting) return shown;
    waiting.then(() => draw(store.get()));
    return "pending";
  }

  /** The view follows the reader's steps and choices, not the numbers. @param {State} state @param {Picture | null} next */
  function lookAt(state, next) {
    const another = isAnother(next, picture);
    const { width, height } = gradient.room(next?.layout.bounds ?? EMPTY);
    const roomed = width !== room.width || height !== room.height;
    room = { width, height };
    if (another || roomed) fit(next);
    if (another || MOVES.some((key) => state[key] !== last?.[key])) {
      const chosen = picture !== null && state.selection !== last?.selection;
      if (!chosen) revealSelection(next, state.selection);
      if (sight) viewport.reveal(sight);
      if (chosen) revealSelection(next, state.selection);
    }
    const opened = openedIn(picture, next);
    if (opened) viewport.reveal(opened);
    const sliders = state.adjusting && !last?.adjusting ? gradient.sight() : null;
    if (sliders) viewport.reveal(sliders);
    last = state;
  }

  /** @param {Picture | null} shown @param {Place | null} place */
  function revealSelection(shown, place) {
    const box = place && shown?.layout.boxes.get(place.tensor);
    const cell = box?.size.cells[place?.element ?? 0];
    if (!box || !cell) return;
    const size = { width: box.size.cellWidth, height: box.size.cell };
    viewport.reveal({ x: box.x + cell.x, y: box.y + cell.y, ...size });
  }

  /** @param {State} state */
  function label(state) {
    svg.setAttribute("aria-label", t("page.diagram.label"));
    badge.textContent = badgeText(t, state);
    badge.hidden = !badge.textContent;
    tools.replaceChildren(...zoomButtons(t, viewport, () => fit(picture)));
  }

  listen(svg, store, () => picture);
  mountUnfolding(svg, store);
  mountFoldTip(root, svg, t, () => folds);
  hoverEdges(svg, world, { t }, () => picture);
  new ResizeObserver(() => {
    if (viewport.touched()) return;
    if (isAnother(shownPicture(store.get(), sizeOf(svg), arranged).picture, picture))
      return draw(store.get());
    fit(picture);
    if (sight) viewport.reveal(sight);
  }).observe(svg);
  svg.addEventListener("keydown", (event) => {
    if (event.key === "0") fit(picture);
  });
  store.subscribe((state, previous) => {
    const changed = SHOWN.some((key) => state[key] !== previous[key]);
    if (changed) draw(state);
  });
  draw(store.get());
  return { light: painted.light };
}

const SHOWN = /** @type {const} */ ([
  ...LOOKED,
  "trace",
  "fault",
  "steps",
  "step",
  "beat",
  "part",
  "run",
  "shade",
  "adjusting",
  "lang",
  "level",
  "unfolded",
  "place",
  "chain",
]);

const MOVES = /** @type {const} */ (["step", "beat", "selection"]);

/** @param {SVGSVGElement} svg */
function sizeOf(svg) {
  return { width: svg.clientWidth, height: svg.clientHeight, unit: unitOf(window) };
}

const EMPTY = { x: 0, y: 0, width: 420, height: 180 };
