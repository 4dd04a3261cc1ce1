/** The editor of G right of the root: sliders over the picture that move with it, and gradients to choose from. */

import { element } from "../../element.js";
import { gradientView, isOpen, slidersOf, withRoom } from "../../gradient/gradient-view.js";
import { READABLE } from "../../layout/fitting.js";
import { PRESETS, presetValues } from "../../gradient/gradient-presets.js";
import { letGo, setGradient } from "../../gradient/live-edit.js";
import { createOutputs } from "./gradient-outputs.js";
import { createSlider } from "./gradient-slider.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../layout/fitting.js").Bounds} Bounds
 * @typedef {import("../../gradient/gradient-view.js").GradientView} GradientView
 * @typedef {import("../../gradient/gradient-view.js").RootView} RootView
 *
 * @typedef {object} GradientPanel
 * @property {(state: State, picture: Picture | null) => void} draw
 * @property {(transform: {x: number, y: number, k: number}) => void} move  as the picture does
 * @property {(bounds: Bounds) => Bounds} room  the picture's bounds with the sliders
 * @property {() => Bounds | null} sight  where the first sliders stand
 *
 * @typedef {{told: string, root: HTMLElement, draw: (view: RootView, held: boolean) => void}} RootEditor
 */

/**
 * @param {HTMLElement} canvas
 * @param {Store} store
 * @param {Translate} t
 * @returns {GradientPanel}
 */
export function createGradient(canvas, store, t) {
  const world = element("div", { class: "g-world" });
  const layer = element("section", { class: "g-layer" }, world);
  const toggle = element("button", { type: "button", class: "g-toggle" });
  canvas.append(layer);
  canvas.querySelector(".canvas-head")?.prepend(toggle);
  toggle.addEventListener("click", () => store.set({ adjusting: !isOpen(store.get(), canvas.clientWidth) }));
  /** @type {Picture | null} */
  let drawn = null;
  store.subscribe((state, previous) => {
    if (state.cells !== previous.cells && state.trace === previous.trace) draw(state, drawn);
    if (state.opens !== "gradient") return;
    store.set({ opens: null, adjusting: true });
    /** @type {HTMLElement | null} */ (layer.querySelector("[role=slider]"))?.focus();
  });
  // Asking for the width costs a layout, so only when it may have changed.
  let known = 0;
  const width = () => {
    known ||= canvas.clientWidth;
    return known;
  };
  new ResizeObserver(() => {
    known = canvas.clientWidth;
  }).observe(canvas);
  const outputs = createOutputs(layer, store, t);
  /** @type {RootEditor[]} */
  let editors = [];
  /** @type {GradientView | null} */
  let shown = null;
  /** @param {State} state @param {Picture | null} picture */
  function draw(state, picture) {
    drawn = picture;
    const view = gradientView(state, picture);
    shown = view && isOpen(state, width()) ? view : null;
    drawToggle(toggle, t, view !== null, shown !== null);
    layer.hidden = shown === null;
    canvas.toggleAttribute("data-adjusting", shown !== null);
    layer.setAttribute("aria-label", t("page.gradient.label"));
    editors = (shown?.roots ?? []).map((root, i) => {
      const told = `${state.lang} ${root.call} ${root.root} ${root.cells.length} ${root.slim}`;
      return editors[i]?.told === told ? editors[i] : createEditor(store, t, root, told);
    });
    outputs.draw(state, picture, shown);
    const parts = [...editors.map((editor) => editor.root), outputs.root];
    if (parts.some((part, i) => world.children[i] !== part) || world.children.length !== parts.length)
      world.replaceChildren(...parts);
    for (const [i, root] of (shown?.roots ?? []).entries()) editors[i].draw(root, shown?.held ?? false);
  }
  return {
    draw,
    move({ x, y, k }) {
      world.style.setProperty("transform", `translate(${x}px, ${y}px) scale(${k})`);
      world.style.setProperty("--zoom", String(Math.max(READABLE, k)));
    },
    room: (bounds) => withRoom(bounds, [...(shown?.roots ?? []).map(slidersOf), ...outputs.room()]),
    sight: () => (shown ? slidersOf(shown.roots[0]) : null),
  };
}

/** @param {HTMLElement} toggle @param {Translate} t @param {boolean} able @param {boolean} open */
function drawToggle(toggle, t, able, open) {
  toggle.hidden = !able;
  toggle.textContent = t("page.gradient.toggle");
  toggle.title = t("page.gradient.toggleTitle");
  toggle.setAttribute("aria-pressed", String(open));
}

/**
 * @param {Store} store
 * @param {Translate} t
 * @param {RootView} first
 * @param {string} told
 * @returns {RootEditor}
 */
function createEditor(store, t, first, told) {
  let view = first;
  /** @param {number[]} values @param {boolean} held */
  const change = (values, held) => setGradient(store, view.call, view.root, values, held);
  const on = {
    /** @param {number} place @param {number} value @param {boolean} held */
    set: (place, value, held) => change(view.values.with(place, value), held),
    letGo: () => letGo(store),
  };
  const sliders = first.cells.map(() => createSlider(t, first, on));
  const buttons = PRESETS.map((preset) => {
    const title = t(`page.gradient.${preset}Title`, { code: first.cells[0].code });
    const button = element(
      "button",
      { type: "button", class: "g-preset", title },
      t(`page.gradient.${preset}`),
    );
    button.addEventListener("click", () =>
      change(presetValues(preset, view.values.length, view.element), false),
    );
    return button;
  });
  const head = element("p", { class: "g-head" }, element("b", {}, "G"), ` ${t("page.gradient.drag")}`);
  const foot = element("div", { class: "g-foot" }, ...buttons);
  const root = element(
    "div",
    { class: "g-root", role: "group", "aria-label": t("page.gradient.of", { name: first.name }) },
    head,
    ...sliders.map((slider) => slider.root),
    foot,
  );
  return {
    told,
    root,
    draw(next, held) {
      view = next;
      root.style.setProperty("--left", String(next.place.x));
      root.style.setProperty("--top", String(next.place.top));
      root.style.setProperty("--bottom", String(next.place.bottom));
      for (const [i, slider] of sliders.entries()) slider.draw(next.cells[i], held);
      for (const button of buttons) button.disabled = held;
    },
  };
}
