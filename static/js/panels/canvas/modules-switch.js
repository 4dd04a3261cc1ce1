/** Two buttons beside the levels, there when the program has modules: all layers as one operation each, or all unfolded. */

import { element, setAttribute } from "../../element.js";
import { foldAll, toldTrace } from "../../modules/fold-modules.js";
import { closedModules, foldable } from "../../modules/module-tree.js";

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function createModulesSwitch(store, t) {
  const [fold, unfold] = [true, false].map((way) => {
    const button = element("button", { type: "button", "data-modules": way ? "fold" : "unfold" });
    button.addEventListener("click", () => foldAll(store, way));
    return button;
  });
  const box = element("div", { class: "canvas-switch modules-switch", role: "group" }, fold, unfold);
  return {
    box,
    /** @param {boolean} drawn  there is a picture */
    show(drawn) {
      const { trace, modules } = store.get();
      const told = trace && toldTrace(trace);
      const all = told ? foldable(told) : [];
      box.hidden = !drawn || !all.length;
      if (!told || box.hidden) return;
      const closed = closedModules(told, modules);
      const inside = new Set(closed.flatMap((module) => module.ops));
      const leaves = all.filter(({ id }) => !all.some(({ parent }) => parent === id));
      setAttribute(box, "aria-label", t("page.modules.label"));
      say(fold, t("page.modules.foldAll"), t("page.modules.foldAllTitle"));
      say(unfold, t("page.modules.unfoldAll"), t("page.modules.unfoldAllTitle"));
      setAttribute(
        fold,
        "aria-pressed",
        String(leaves.every(({ ops }) => ops.every((id) => inside.has(id)))),
      );
      setAttribute(unfold, "aria-pressed", String(!closed.length));
    },
  };
}

/** @param {HTMLElement} button @param {string} text @param {string} title */
function say(button, text, title) {
  button.textContent = text;
  button.title = title;
}
