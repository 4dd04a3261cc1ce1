/** The markup that shows a moment inside somebody's own page. */

/** Room that /embed is drawn for, px. */
const SIZE = { width: 800, height: 500 };

/**
 * @param {string} address  of /embed, with its fragment
 * @param {string} title    what a screen reader says of the frame
 */
export function embedSnippet(address, title) {
  const size = `width="${SIZE.width}" height="${SIZE.height}"`;
  return `<iframe title="${escaped(title)}" src="${escaped(address)}" ${size} loading="lazy"></iframe>`;
}

/** @param {string} text */
function escaped(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
