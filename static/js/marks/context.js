/** What every mark is given besides its data. */

/**
 * @typedef {object} Context
 * @property {import("../i18n.js").Translate} t
 * @property {import("../store.js").Language} [lang]  for the sentences that the trace brings along
 */

export {};
