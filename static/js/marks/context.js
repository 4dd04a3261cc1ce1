/** What every mark is given besides its data. */

/**
 * @typedef {object} Context
 * @property {import("../i18n.js").Translate} t
 */

export {};
