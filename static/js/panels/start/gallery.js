/** The gallery of operations: every one drawn from its example, found by name, spelling or meaning. */

import { openSources, runAll } from "../../actions.js";
import { requestOperations } from "../../api.js";
import { element, svgElement } from "../../element.js";
import { groupsOf, matches } from "../../gallery.js";
import { relationIcon } from "../../marks/diagram/relation-icon.js";
import { operationCard } from "./gallery-card.js";
import { whenNear } from "../code/near.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../gallery.js").Shown} Shown
 * @typedef {{entry: Shown, words: string[], card: HTMLElement}} Found
 * @typedef {{kind: string, section: HTMLElement, found: Found[]}} Group
 * @typedef {{query: string, kind: string | null}} Wish  null: every kind
 */

/**
 * @param {HTMLElement} root   stays hidden as long as the server has not answered
 * @param {HTMLElement} scroller
 * @param {Store} store
 * @param {Translate} t
 */
export function mountGallery(root, scroller, store, t) {
  let asked = false;
  /** @type {ReturnType<typeof groupsOf>} */
  let groups = [];
  /** @type {Wish} */
  let wish = { query: "", kind: null };
  let end = () => {};
  const draw = () => {
    end();
    /** @type {Map<Element, () => void>} */
    const waiting = new Map();
    const made = groups.map((group) => groupSection(group, store, t, waiting));
    const search = searchBox(made, wish, t, (wished) => {
      wish = wished;
    });
    root.replaceChildren(...search, ...made.map(({ section }) => section));
    root.hidden = groups.length === 0;
    end = whenNear(scroller, waiting);
  };
  const ask = async () => {
    if (asked || store.get().cells.length) return;
    asked = true;
    const { data } = await requestOperations();
    asked = data !== null;
    groups = groupsOf(data ?? []);
    draw();
  };
  store.subscribe((state, previous) => {
    if (state.lang !== previous.lang && groups.length) draw();
    if (state.programs !== previous.programs || state.cells !== previous.cells) ask();
  });
}

/**
 * @param {{kind: string, entries: Shown[]}} group
 * @param {Store} store
 * @param {Translate} t
 * @param {Map<Element, () => void>} waiting
 * @returns {Group}
 */
function groupSection({ kind, entries }, store, t, waiting) {
  const icon = svgElement("svg", { viewBox: "0 0 22 14", width: 33, height: 21, "aria-hidden": "true" });
  icon.append(relationIcon(kind));
  const title = t(`page.start.kind.${kind}`);
  const found = entries.map((entry) => {
    const about = t(`page.start.operation.${entry.name}`);
    const words = [title, ...(about.startsWith("page.") ? [] : [about])];
    const { card, draw } = operationCard(entry, words[1] ?? "", t, () => {
      openSources(store, [entry.example]);
      runAll(store);
    });
    waiting.set(card, draw);
    return { entry, words, card };
  });
  const section = element(
    "section",
    { class: "gallery-group" },
    element("h3", {}, icon, title, element("span", { class: "gallery-count" }, String(entries.length))),
    element("p", { class: "start-help" }, t(`page.start.kindAbout.${kind}`)),
    element("ul", { class: "gallery-cards" }, ...found.map(({ card }) => card)),
  );
  return { kind, section, found };
}

/**
 * @param {Group[]} groups
 * @param {Wish} wish  what was wished before a change of language
 * @param {Translate} t
 * @param {(wish: Wish) => void} keep
 */
function searchBox(groups, wish, t, keep) {
  const said = element("p", { class: "gallery-said", role: "status" });
  const field = element("input", {
    type: "search",
    id: "find-operation",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: t("page.start.searchHint"),
  });
  field.value = wish.query;
  let { kind } = wish;
  const search = () => {
    const query = field.value.trim();
    keep({ query: field.value, kind });
    const count = filter(groups, { query, kind });
    for (const button of choice.children) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-kind") === (kind ?? "")));
    }
    said.textContent = count ? t("page.start.found", { count }) : t("page.start.none", { query });
  };
  const choice = kindChoice(groups, t, (chosen) => {
    kind = chosen;
    search();
  });
  field.addEventListener("input", search);
  search();
  return [
    element("h2", {}, t("page.start.gallery")),
    element("p", { class: "start-help" }, t("page.start.galleryHelp")),
    element(
      "div",
      { class: "gallery-search" },
      element("label", { for: "find-operation" }, t("page.start.search")),
      field,
      choice,
      said,
    ),
  ];
}

/**
 * @param {Group[]} groups
 * @param {Translate} t
 * @param {(kind: string | null) => void} choose
 */
function kindChoice(groups, t, choose) {
  const buttons = [null, ...groups.map(({ kind }) => kind)].map((kind) => {
    const name = t(kind === null ? "page.start.every" : `page.start.kind.${kind}`);
    const button = element("button", { type: "button", "data-kind": kind ?? "" }, name);
    button.addEventListener("click", () => choose(kind));
    return button;
  });
  return element(
    "div",
    { class: "segments", role: "group", "aria-label": t("page.start.kinds") },
    ...buttons,
  );
}

/** Hides what does not match; nothing is drawn again. @param {Group[]} groups @param {Wish} wish */
function filter(groups, { query, kind: wished }) {
  let count = 0;
  for (const { kind, section, found } of groups) {
    const left = found.filter(({ entry, words, card }) => {
      card.hidden = !matches(entry, words, query) || (wished !== null && wished !== kind);
      return !card.hidden;
    });
    section.hidden = left.length === 0;
    count += left.length;
  }
  return count;
}
