/** The head of a cell: its number, how things stand with it, and what can be done with it. */

import { element } from "../../element.js";
import { icon } from "../../icons.js";

/**
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("./cell.js").CellState} CellState
 * @typedef {"runTo" | "up" | "down" | "add" | "remove"} Tool
 */

/** @type {{tool: Tool, icon: import("../../icons.js").IconName, keys: string | null}[]} */
const TOOLS = [
  { tool: "runTo", icon: "play", keys: "Alt+Enter" },
  { tool: "up", icon: "up", keys: "Alt+Shift+ArrowUp" },
  { tool: "down", icon: "down", keys: "Alt+Shift+ArrowDown" },
  { tool: "add", icon: "plus", keys: null },
  { tool: "remove", icon: "close", keys: null },
];

/**
 * @param {Record<Tool, () => void>} on
 * @returns {{root: HTMLElement, draw: (state: CellState, t: Translate) => void}}
 */
export function cellHead(on) {
  const number = element("b", {});
  const word = element("span", { class: "cell-state" });
  const buttons = TOOLS.map(({ tool, icon: name, keys }) => {
    const attributes = { type: "button", class: `cell-tool cell-${tool}`, "aria-keyshortcuts": keys };
    const button = element("button", /** @type {any} */ (attributes), icon(name, 14));
    button.addEventListener("click", on[tool]);
    return button;
  });
  const tools = element("div", { class: "cell-tools" }, ...buttons);
  return {
    root: element("header", { class: "cell-head" }, number, word, tools),
    draw(state, t) {
      number.textContent = `[${state.position + 1}]`;
      word.textContent = t(`page.code.state.${stateName(state)}`);
      TOOLS.forEach(({ tool }, i) => {
        const label = t(`page.code.tool.${tool}`, { number: state.position + 1 });
        buttons[i].setAttribute("aria-label", label);
        buttons[i].title = label;
        buttons[i].hidden = isIdle(tool, state);
      });
    },
  };
}

/** What makes no sense here. @param {Tool} tool @param {CellState} state */
function isIdle(tool, { position, count }) {
  if (tool === "up") return position === 0;
  if (tool === "down") return position === count - 1;
  return tool === "remove" && count === 1;
}

/** @param {CellState} state */
export function stateName({ cell, running, part, marks }) {
  if (running) return "running";
  if (cell.stale) return cell.place === null && cell.ran === cell.source ? "behind" : "stale";
  if (cell.ran === null) return "idle";
  if (cell.error) return "error";
  return marks.now ? "showing" : part;
}
