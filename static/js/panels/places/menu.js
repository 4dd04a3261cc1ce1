/** A button that opens a list of choices under it. */

import { element } from "../../element.js";

/**
 * @typedef {object} Choice
 * @property {string} label
 * @property {string} [about]
 * @property {boolean} [checked]  left out: something to do, not something to be in
 * @property {string} [keys]      the shortcut that does the same
 * @property {() => void} choose
 */

/**
 * @param {HTMLButtonElement} button
 * @param {() => {heading: string | null, choices: Choice[]}[]} groups  asked each time the menu opens
 * @param {string} className
 */
export function mountMenu(button, groups, className) {
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  /** @type {HTMLElement | null} */
  let menu = null;
  const close = () => {
    menu?.remove();
    menu = null;
    button.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    menu = drawMenu(groups(), className, () => {
      close();
      button.focus();
    });
    menu.setAttribute("aria-label", button.getAttribute("aria-label") ?? button.textContent ?? "");
    button.after(menu);
    button.setAttribute("aria-expanded", "true");
    const checked = menu.querySelector('[aria-checked="true"]') ?? menu.querySelector("button");
    if (checked instanceof HTMLElement) checked.focus();
  };
  button.addEventListener("click", () => (menu ? close() : open()));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || menu) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (menu && !menu.contains(target) && !button.contains(target)) close();
  });
  document.addEventListener("focusin", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (menu && !menu.contains(target) && target !== button) close();
  });
}

/**
 * @param {{heading: string | null, choices: Choice[]}[]} groups
 * @param {string} className
 * @param {() => void} done
 */
function drawMenu(groups, className, done) {
  const list = element("div", { class: "menu-groups" });
  const menu = element("div", { class: `menu ${className}`, role: "menu" }, list);
  for (const { heading, choices } of groups) {
    const group = element("div", { role: "group", "aria-label": heading });
    if (heading) group.append(element("h2", { "aria-hidden": "true" }, heading));
    for (const choice of choices) group.append(choiceButton(choice, done));
    list.append(group);
  }
  menu.addEventListener("keydown", (event) => walk(menu, event, done));
  return menu;
}

/** @param {Choice} choice @param {() => void} done */
function choiceButton({ label, about, checked, keys, choose }, done) {
  const role =
    checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": String(checked) };
  const button = element(
    "button",
    { type: "button", ...role, tabindex: -1, "aria-keyshortcuts": keys?.replaceAll("Ctrl", "Control") },
    element("span", {}, label, ...(keys ? [element("kbd", {}, keys)] : [])),
    about ? element("small", {}, about) : null,
  );
  button.addEventListener("click", () => {
    done();
    choose();
  });
  return button;
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event @param {() => void} done */
function walk(menu, event, done) {
  const buttons = [...menu.querySelectorAll("button")];
  const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const places = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 };
  event.stopPropagation();
  if (event.key === "Escape") done();
  if (!(event.key in places)) return;
  event.preventDefault();
  const place = places[/** @type {keyof typeof places} */ (event.key)];
  buttons[(place + buttons.length) % buttons.length].focus();
}
