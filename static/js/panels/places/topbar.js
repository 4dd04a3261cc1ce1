/** The top bar: program picker, language, theme, share. */

import { openProgram, openStart } from "../../actions.js";
import { setAttribute } from "../../element.js";
import { shownProgram } from "../../programs.js";
import { icon } from "../../icons.js";
import { mountMenu } from "./menu.js";
import { mountShare } from "./share.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").Theme} Theme
 * @typedef {import("../../store.js").Language} Language
 * @typedef {import("../../i18n.js").Translate} Translate
 */

/** @type {Theme[]} */
const THEMES = ["light", "dark", "auto"];

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {Translate} t
 * @param {(lang: Language) => Promise<void>} speak  switches the catalogue, then the state
 */
export function mountTopbar(root, store, t, speak) {
  const programs = button(root, ".program-button");
  const theme = button(root, ".theme-button");
  mountMenu(programs, () => programGroups(store, t), "menu-wide");
  mountMenu(theme, () => [{ heading: null, choices: themeChoices(store, t) }], "menu-end");
  mountShare(button(root, ".share-button"), store, t);
  root.querySelector(".brand")?.addEventListener("click", (event) => {
    event.preventDefault();
    openStart(store);
  });
  for (const choice of root.querySelectorAll("[data-lang]")) {
    choice.addEventListener("click", () => speak(/** @type {Language} */ (choice.getAttribute("data-lang"))));
  }
  theme.prepend(icon("theme"));
  const draw = () => {
    const state = store.get();
    const label = programs.querySelector("span");
    if (label) label.textContent = title(state, t);
    const word = theme.querySelector("span");
    if (word) word.textContent = t(`page.topbar.${state.theme}`);
    for (const choice of root.querySelectorAll("[data-lang]")) {
      setAttribute(choice, "aria-pressed", String(choice.getAttribute("data-lang") === state.lang));
    }
  };
  store.subscribe(draw);
  draw();
}

/** @param {import("../../store.js").State} state @param {Translate} t */
function title(state, t) {
  const program = shownProgram(state);
  if (program !== null) return t(`program.${program}.title`);
  return t(state.cells.length ? "page.topbar.own" : "page.topbar.programs");
}

/** @param {Store} store @param {Translate} t */
function programGroups(store, t) {
  const { programs } = store.get();
  const program = shownProgram(store.get());
  const names = [...new Set(programs.map(({ group }) => group ?? ""))];
  return names.map((name) => ({
    heading: name ? t(`program.group.${name}`) : null,
    choices: programs
      .filter(({ group }) => (group ?? "") === name)
      .map(({ slug }) => ({
        label: t(`program.${slug}.title`),
        about: t(`program.${slug}.about`),
        checked: slug === program,
        choose: () => openProgram(store, slug),
      })),
  }));
}

/** @param {Store} store @param {Translate} t */
function themeChoices(store, t) {
  return THEMES.map((theme) => ({
    label: t(`page.topbar.${theme}`),
    checked: store.get().theme === theme,
    choose: () => store.set({ theme }),
  }));
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 * @returns {HTMLButtonElement}
 */
function button(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLButtonElement)) throw new Error(`the page has no ${selector}`);
  return found;
}
