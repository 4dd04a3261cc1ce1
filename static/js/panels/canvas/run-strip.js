/** All runs of a loop: thumbnails, or dots where there are many, or a slider where there are very many. */

import { element } from "../../element.js";
import { runSlices } from "../../loops/loop-code.js";
import { thumbMark } from "../../marks/runs/run-thumb.js";

/**
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../loops/loop.js").Loop} Loop
 * @typedef {"thumbs" | "dots" | "slider" | "single"} Kind
 */

const THUMBS = 24;
const DOTS = 400;

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {(index: number) => void} choose
 */
export function createStrip(t, choose) {
  const root = element("div", { class: "run-strip", role: "group" });
  /** @type {Kind} */
  let kind = "single";
  /** What the strip was made of; a step to another run only moves the frame. @type {unknown[]} */
  let made = [];
  root.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("[data-run]")
    );
    if (button) choose(Number(button.dataset.run));
  });
  root.addEventListener("input", (event) =>
    choose(Number(/** @type {HTMLInputElement} */ (event.target).value) - 1),
  );
  return {
    root,
    kind: () => kind,
    /** @param {State} state @param {Loop} loop @param {number} index */
    draw(state, loop, index) {
      const { count } = loop;
      kind = count === 1 ? "single" : count <= THUMBS ? "thumbs" : count <= DOTS ? "dots" : "slider";
      root.hidden = kind === "single";
      root.dataset.kind = kind;
      root.setAttribute("aria-label", t("page.runs.all"));
      const scores = scoresOf(state, loop);
      const parts = [state.trace?.ops, loop.op.id, loop.input.id, kind, state.lang, scores];
      if (parts.some((part, i) => part !== made[i])) root.replaceChildren(...fill(t, kind, loop, scores));
      made = parts;
      mark(root, index);
    },
  };
}

/** @param {State} state @param {Loop} loop */
function scoresOf({ trace, steps, step }, { output }) {
  const call = steps[step]?.call ?? null;
  if (!trace || call === null) return undefined;
  return trace.backward[call].scores.find(({ tensor }) => tensor === output.id)?.values ?? undefined;
}

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {Kind} kind
 * @param {Loop} loop
 * @param {import("../../trace/trace-types.js").Scalar[] | undefined} scores
 */
function fill(t, kind, loop, scores) {
  if (kind === "slider") {
    const label = t("page.runs.all");
    return [element("input", { type: "range", min: 1, max: loop.count, "aria-label": label })];
  }
  return Array.from({ length: loop.count }, (_, index) => {
    const label = t("page.runs.place", { index: index + 1, count: loop.count });
    const button = element("button", {
      type: "button",
      "data-run": index,
      "aria-label": label,
      title: label,
    });
    if (kind === "thumbs") button.append(thumbMark(thumbOf(loop, index, scores)));
    return button;
  });
}

/** @param {HTMLElement} root @param {number} index */
function mark(root, index) {
  const slider = root.querySelector("input");
  if (slider) slider.value = String(index + 1);
  for (const button of root.children) {
    const current = /** @type {HTMLElement} */ (button).dataset.run === String(index);
    if (current && button.getAttribute("aria-current") !== "true")
      show(root, /** @type {HTMLElement} */ (button));
    if (current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** @param {HTMLElement} root @param {HTMLElement} button */
function show(root, button) {
  const left = button.offsetLeft - root.clientWidth / 2 + button.offsetWidth / 2;
  root.scrollTo({ left, top: button.offsetTop - root.clientHeight / 2 + button.offsetHeight / 2 });
}

/**
 * @param {Loop} loop
 * @param {number} index
 * @param {import("../../trace/trace-types.js").Scalar[] | undefined} scores
 * @returns {import("../../marks/runs/run-thumb.js").Thumb}
 */
function thumbOf(loop, index, scores) {
  const unit = loop.run(index) ?? { inputs: [], outputs: [] };
  const { input } = runSlices(loop, unit, { input: "", output: "" });
  const places = { in: placesOf(unit.inputs), out: placesOf(unit.outputs) };
  const edges = loop.uses.flatMap(({ edges: all }) =>
    (all?.input ?? []).flatMap((from, i) => {
      const [a, b] = [places.in.get(from), places.out.get(all?.output[i] ?? -1)];
      return a === undefined || b === undefined ? [] : [{ from: a, to: b, weight: Number(all?.weight[i]) }];
    }),
  );
  return {
    slice: (input ?? "").replace(/^\[|\]$/g, "").replaceAll(" ", ""),
    number: `${index + 1}/${loop.count}`,
    inputs: unit.inputs.map((i) => loop.input.values?.[i]),
    outputs: unit.outputs.map((i) => loop.output.values?.[i]),
    scores: unit.outputs.map((i) => scores?.[i]),
    edges,
  };
}

/** @param {number[]} elements */
function placesOf(elements) {
  return new Map(elements.map((each, place) => [each, place]));
}
