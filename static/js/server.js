/** Where the server's addresses begin: at its root or, behind a proxy, under a prefix such as /course/backpass. */

let root = "";

/** @param {string} prefix  "" or one without a slash at its end; told once, before anything is asked */
export function beginAt(prefix) {
  root = prefix;
}

/**
 * @param {string} path  of the server, without a leading slash
 * @returns {string} its address for this page
 */
export function address(path) {
  return `${root}/${path}`;
}
