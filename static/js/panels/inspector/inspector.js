/** Under the canvas: why this number. The written-out sum, the Jacobian table, the `.grad` drawer. */

import { element } from "../../element.js";
import { drawerAt, drawerLeaves, writtenSum } from "../../why/inspection.js";
import { pictureAt } from "../../picture/picture.js";
import { knownAt } from "../../trace/walk.js";
import { drawerSection } from "../../marks/inspector/drawer-section.js";
import { settleChildren } from "../canvas/settle.js";
import { createTablePart } from "./table-part.js";
import { createWhyPart } from "./why-part.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {"why" | "table" | "drawer"} Tab
 */

/** Whether a part is too narrow for what it holds. @param {Element | null} part */
function isCut(part) {
  return part !== null && part.scrollWidth > part.clientWidth + 1;
}

/** @type {Tab[]} */
const TABS = ["why", "table", "drawer"];
/** What the inspector tells depends on. @type {(keyof State)[]} */
const SHOWN = [
  "trace",
  "steps",
  "step",
  "beat",
  "part",
  "selection",
  "edge",
  "reading",
  "wrt",
  "run",
  "more",
  "lang",
];
/** Below these widths, px, there is room for two parts or for one. */
const TWO = 940;
const ONE = 680;

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {Translate} t
 */
export function mountInspector(root, store, t) {
  const tabs = element("div", { class: "inspector-tabs", role: "group" });
  const body = element("div", { class: "inspector-body" });
  root.append(tabs, body);
  /** @type {Tab} */
  let tab = "why";
  /** The drawer that the reader took out, and what was selected then: another selection shows its own. */
  let taken = { leaf: -1, at: store.get().selection };
  const why = createWhyPart(body, () => draw(store.get()));
  let tight = false;
  const table = createTablePart(body, store, () => draw(store.get()), t);

  /** @param {State} state */
  function draw(state) {
    const picture = pictureAt(state.trace, state.steps, state.step);
    tabs.setAttribute("aria-label", t("page.inspector.tabs"));
    if (root.dataset.lang !== state.lang) tabs.replaceChildren(...TABS.map((name) => tabButton(name)));
    root.dataset.lang = state.lang;
    if (!picture || !state.trace) {
      body.replaceChildren(
        element(
          "p",
          { class: "inspector-empty" },
          t(state.trace ? "page.inspector.nothing" : "page.inspector.empty"),
        ),
      );
      return;
    }
    const known = knownAt(state.trace, state.steps, state.step, state.beat, state.part);
    const context = { t, lang: state.lang };
    const written = writtenSum(picture, known, state.selection);
    const selection = written ? state.selection : null;
    const leaves = drawerLeaves(picture);
    const own = taken.at === state.selection ? taken.leaf : selection?.tensor;
    const shown = [own, taken.leaf, leaves[0]].find((id) => id !== undefined && leaves.includes(id));
    const held = heldPlace(body);
    const pressed = tabs.contains(document.activeElement) ? document.activeElement : null;
    tabs.remove();
    settleChildren(body, [
      why.draw(context, picture, known, state, written),
      table.draw(context, picture, known, { ...state, selection }),
      drawerSection(
        context,
        picture,
        known,
        { leaves, shown, selection },
        shown === undefined ? null : drawerAt(picture, shown),
      ),
    ]);
    arrange();
    if (pressed instanceof HTMLElement) pressed.focus({ preventScroll: true });
    refocus(body, held);
  }

  /**
   * How many parts fit: the sum is never cut, the drawer goes behind a tab first, then the table.
   */
  function arrange() {
    root.dataset.tab = tab;
    // Measuring costs a layout; while a number is dragged the parts stay as they are.
    if (document.documentElement.dataset.dragging)
      body.querySelector(".sum")?.classList.toggle("sum-tight", tight);
    else measure();
    const head = root.dataset.room === "2" ? body.querySelector(".inspector-why .inspector-head") : null;
    if (head) head.append(tabs);
    else root.prepend(tabs);
    const shown = root.dataset.room === "2" && tab === "why" ? "table" : tab;
    for (const button of tabs.children)
      button.setAttribute("aria-pressed", String(button.id === `tab-${shown}`));
  }

  function measure() {
    const width = root.clientWidth;
    root.dataset.room = width < ONE ? "1" : width < TWO ? "2" : "3";
    const sum = body.querySelector(".sum");
    sum?.classList.remove("sum-tight");
    const wide = [...body.querySelectorAll(".inspector-why, .inspector-table")];
    const cut = wide.some(isCut);
    if (root.dataset.room === "3" && cut) root.dataset.room = "2";
    tight = sum !== null && isCut(sum.parentElement);
    sum?.classList.toggle("sum-tight", tight);
    for (const part of body.querySelectorAll(".inspector-part")) {
      const scrolls = part.scrollHeight > part.clientHeight || part.scrollWidth > part.clientWidth;
      if (scrolls) part.setAttribute("tabindex", "0");
      else part.removeAttribute("tabindex");
    }
  }

  /** @param {Tab} name */
  function tabButton(name) {
    const button = element("button", { type: "button", id: `tab-${name}` }, t(`page.inspector.tab.${name}`));
    button.addEventListener("click", () => {
      tab = name;
      draw(store.get());
    });
    return button;
  }

  body.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const choice = /** @type {HTMLElement | null} */ (target.closest("[data-leaf]"));
    if (!choice) return;
    taken = { leaf: Number(choice.dataset.leaf), at: store.get().selection };
    draw(store.get());
  });
  store.subscribe((state, previous) => {
    if (SHOWN.some((key) => state[key] !== previous[key])) draw(state);
  });
  new ResizeObserver(arrange).observe(root);
  draw(store.get());
}

/**
 * What has the focus, so that a redraw can give it back: cells are known by their place, switches by what they choose.
 * @param {HTMLElement} body
 */
function heldPlace(body) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !body.contains(active)) return null;
  const named = [...active.attributes].find(({ name }) => name.startsWith("data-") && name !== "data-link");
  const part = active.closest(".inspector-part")?.getAttribute("aria-labelledby");
  return named && part ? `[aria-labelledby="${part}"] [${named.name}="${CSS.escape(named.value)}"]` : null;
}

/** @param {HTMLElement} body @param {string | null} held */
function refocus(body, held) {
  const mark = held === null ? null : body.querySelector(held);
  if (mark instanceof HTMLElement) mark.focus({ preventScroll: true });
}
