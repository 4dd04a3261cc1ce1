/** What a proposed name does: how its elements connect, its rule, its local derivative. */

import { element, svgElement } from "../element.js";
import { relationIcon } from "./diagram/relation-icon.js";
import { tex } from "./inspector/tex.js";

/**
 * @param {import("../i18n.js").Translate} t
 * @param {import("../code/completions.js").Entry} entry
 * @returns {HTMLElement}
 */
export function completionInfo(t, { signatures, kind, forward, local }) {
  const info = element("div", { class: "completion-info" });
  if (signatures[0]) info.append(element("code", {}, `(${signatures[0]})`));
  if (kind) {
    const icon = svgElement("svg", { viewBox: "0 0 34 14", width: 34, height: 14, "aria-hidden": "true" });
    icon.append(relationIcon(kind));
    info.append(element("p", {}, /** @type {any} */ (icon), ` ${t(`page.inspector.kind.${kind}`)}`));
  }
  for (const formula of [forward, local]) if (formula) info.append(element("div", {}, tex(formula)));
  info.append(element("p", { class: "completion-keys" }, t("page.code.completion")));
  return info;
}
