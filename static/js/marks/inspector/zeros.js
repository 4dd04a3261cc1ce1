/** What kind of zero there is, each kind with a look of its own. */

import { element } from "../../element.js";

/** A gap, a dotted line, two arrows against each other. */
const LOOKS = { none: "·", weight: "┄0", cancel: "+−" };

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../why/zeros.js").Zero[]} zeros
 * @returns {HTMLElement | null}
 */
export function zerosMark({ t }, zeros) {
  if (!zeros.length) return null;
  const lines = zeros.map(({ kind, key, values }) =>
    element(
      "li",
      { class: `zero zero-${kind}` },
      element("span", { class: "zero-look", "aria-hidden": "true" }, LOOKS[kind]),
      element("span", {}, t(`page.inspector.zero.${key}`, values)),
    ),
  );
  return element("ul", { class: "zeros" }, ...lines);
}
