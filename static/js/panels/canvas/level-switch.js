/** The switch between the three levels of detail, and how many operations are unfolded. */

import { element, setAttribute } from "../../element.js";
import { chooseLevel, LEVELS, nextLevel } from "../../picture/levels.js";
import { createModulesSwitch } from "./modules-switch.js";
import { busy } from "../time/keyboard.js";

/** @typedef {import("../../layout/levels/unfolding.js").Level} Level */

/**
 * @param {HTMLElement} root
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 * @returns {{show: (level: Level | null, open: number, total: number) => void}} level null: there is no picture
 */
export function mountLevelSwitch(root, store, t) {
  const buttons = LEVELS.map((level) => {
    const button = element("button", { type: "button", "data-level": level });
    button.addEventListener("click", () => chooseLevel(store, level));
    return button;
  });
  const group = element("div", {
    class: "canvas-switch level-switch",
    role: "group",
    "aria-keyshortcuts": "L",
  });
  group.append(...buttons);
  const count = element("p", { class: "level-count" });
  const modules = createModulesSwitch(store, t);
  root.append(group, modules.box, count);
  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key.toLowerCase() === "l" && !held && !group.hidden && !busy(target)) nextLevel(store);
  });
  return {
    show(level, open, total) {
      group.hidden = level === null;
      modules.show(level !== null);
      setAttribute(group, "aria-label", t("page.diagram.level.label"));
      for (const [i, button] of buttons.entries()) {
        button.textContent = t(`page.diagram.level.${LEVELS[i]}`);
        button.title = t(`page.diagram.level.${LEVELS[i]}Title`);
        setAttribute(button, "aria-pressed", String(LEVELS[i] === level));
      }
      count.textContent = level === null ? "" : t("page.diagram.level.count", { open, total });
    },
  };
}
