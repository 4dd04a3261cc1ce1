/** Sentences in the reader's language: one catalogue per language, fetched once, switched in place. */

/** @typedef {import("./store.js").Language} Language */
/** @typedef {(key: string, values?: Record<string, unknown>) => string} Translate */
/** @typedef {{[key: string]: string | Catalogue}} Catalogue */

/**
 * The sentence at a dotted key, its `{name}` placeholders filled; the key itself where there is no sentence.
 * @param {Catalogue} catalogue
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function sentence(catalogue, key, values = {}) {
  const found = lookup(catalogue, key);
  if (found === null) return key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * @param {Catalogue} catalogue
 * @param {string} key
 * @returns {string | null}
 */
export function lookup(catalogue, key) {
  /** @type {string | Catalogue | undefined} */
  let found = catalogue;
  for (const part of key.split(".")) {
    if (typeof found !== "object" || !Object.hasOwn(found, part)) return null;
    found = found[part];
  }
  return typeof found === "string" ? found : null;
}

/**
 * @param {Language} lang
 * @param {Catalogue} catalogue of that language, as the page brought it along
 * @param {(lang: Language) => Promise<Catalogue>} fetchCatalogue
 * @returns {{t: Translate, use: (lang: Language) => Promise<void>}} `t` speaks the language last used
 */
export function createTranslator(lang, catalogue, fetchCatalogue) {
  /** @type {Map<Language, Catalogue>} */
  const catalogues = new Map([[lang, catalogue]]);
  let current = catalogue;
  return {
    t: (key, values) => sentence(current, key, values),
    async use(wanted) {
      const found = catalogues.get(wanted) ?? (await fetchCatalogue(wanted));
      catalogues.set(wanted, found);
      current = found;
    },
  };
}
