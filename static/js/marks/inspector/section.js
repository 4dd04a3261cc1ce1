/** A part of the inspector with its heading. */

import { element } from "../../element.js";

/**
 * @param {string} name
 * @param {(Node | string)[]} title
 * @param {string} note
 * @param {...(Node | null)} content
 */
export function section(name, title, note, ...content) {
  const id = `inspector-${name}`;
  const heading = element("h2", { class: "inspector-title", id }, ...title);
  const aside = note ? element("span", { class: "inspector-aside" }, note) : null;
  const head = element("header", { class: "inspector-head" }, heading, aside);
  return element(
    "section",
    { class: `inspector-part inspector-${name}`, "aria-labelledby": id },
    head,
    ...content,
  );
}
