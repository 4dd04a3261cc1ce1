/** Right of the sliders: the root's blocks ∂o/∂X, and the gradients that were tried with what they gave. */

import { element } from "../../element.js";
import { gradientBlocks, resultOf } from "../../gradient/gradient-blocks.js";
import { LONGEST, same, withTried } from "../../gradient/gradient-tried.js";
import { blocksAt } from "../../gradient/gradient-view.js";
import { setGradient } from "../../gradient/live-edit.js";
import { gradientBlocksMark } from "../../marks/gradient/gradient-blocks.js";
import { triedMark } from "../../marks/gradient/gradient-tried.js";
import { nameOf } from "../../trace/tensor-name.js";
import { settleChildren } from "../canvas/settle.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../layout/fitting.js").Bounds} Bounds
 * @typedef {import("../../gradient/gradient-view.js").GradientView} GradientView
 * @typedef {import("../../gradient/gradient-view.js").RootView} RootView
 * @typedef {import("../../gradient/gradient-blocks.js").Blocks} Blocks
 */

/** How long a gradient stays to have been looked at, ms. */
const LOOK = 700;

/**
 * @param {HTMLElement} layer
 * @param {Store} store
 * @param {Translate} t
 */
export function createOutputs(layer, store, t) {
  const toggle = element("button", { type: "button", class: "g-preset g-by-output" });
  const tried = element("div", { class: "g-tried" });
  const blocks = element("div", { class: "g-place" });
  const root = element("div", { class: "g-beside" }, toggle, tried, blocks);
  /** @type {import("../../gradient/gradient-tried.js").Tried[]} */
  let list = [];
  /** @type {Bounds[]} */
  let places = [];
  /** @type {RootView | null} */
  let view = null;
  /** @type {Picture | null} */
  let shownPicture = null;
  let timer = 0;
  toggle.addEventListener("click", () => {
    store.set({ reading: store.get().reading === "output" ? "input" : "output" });
  });
  layer.addEventListener("click", ({ target }) => {
    const mark = target instanceof Element ? target.closest("[data-tried], .g-block") : null;
    if (!(mark instanceof HTMLElement) || !view) return;
    const { tensor, element: at, tried: place } = mark.dataset;
    if (place !== undefined) setGradient(store, view.call, view.root, list[Number(place)].values);
    else store.set({ selection: { tensor: Number(tensor), element: Number(at) } });
  });
  /** A gradient counts as tried when it has been looked at. @param {string} key @param {number[]} values */
  function note(key, values) {
    clearTimeout(timer);
    if (!list.some((entry) => entry.key === key)) list = withTried(list, key, values);
    timer = setTimeout(() => {
      const noted = withTried(list, key, values);
      if (noted === list) return;
      list = noted;
      draw(store.get());
    }, LOOK);
  }

  /** @param {State} state @param {Picture} picture @param {RootView} own @param {Blocks} data */
  function drawTried(state, picture, own, data) {
    const key = `${state.program} ${own.call} ${own.name} ${own.shape}`;
    note(key, own.values);
    const rows = list.flatMap((entry, place) =>
      entry.key === key
        ? [
            {
              place,
              given: entry.values,
              found: resultOf(data, entry.values),
              now: same(entry.values, own.values),
            },
          ]
        : [],
    );
    const name = nameOf(picture, data.input);
    tried.hidden = rows.length < 2 || data.sums.length > LONGEST;
    settleChildren(tried, tried.hidden ? [] : [triedMark({ t }, rows, name)]);
  }
  /** @param {State} state */
  function draw(state) {
    const picture = shownPicture;
    const data =
      view && state.trace ? gradientBlocks(state.trace, view.call, view.root, state.selection) : null;
    root.hidden = !data;
    places = [];
    if (!view || !picture || !data) return;
    const open = state.reading === "output";
    toggle.textContent = t("page.gradient.byOutput");
    toggle.title = t("page.gradient.byOutputTitle");
    toggle.setAttribute("aria-pressed", String(open));
    drawTried(state, picture, view, data);
    blocks.hidden = !open;
    if (open) {
      const mark = gradientBlocksMark({ t }, picture, data, state.selection, nameOf(picture, data.input));
      settleChildren(blocks, [mark]);
      places = [blocksAt(view, data)];
      setPlace(blocks, places[0].x, places[0].y);
    }
    root.style.setProperty("--left", String(view.place.x));
    root.style.setProperty("--bottom", String(view.place.bottom));
  }
  return {
    root,
    /** @param {State} state @param {Picture | null} picture @param {GradientView | null} shown */
    draw(state, picture, shown) {
      view = shown?.roots[0] ?? null;
      shownPicture = picture;
      draw(state);
    },
    room: () => places,
  };
}

/** @param {HTMLElement} node @param {number} x @param {number} y  px of the picture */
function setPlace(node, x, y) {
  node.style.setProperty("--x", String(x));
  node.style.setProperty("--y", String(y));
}
