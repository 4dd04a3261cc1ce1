/** What is shown, as files: the drawing as SVG and PNG, the trace as the server sent it. All made in the page. */

import { lastAnswer } from "../../api.js";
import { standaloneDrawing } from "../canvas/drawing.js";

/**
 * @typedef {import("../../store.js").Store} Store
 */

/** Pixels of the PNG per pixel on screen. */
const SHARPNESS = 2;
/** ms */
const FACES = 100;
/** A browser may still be writing the file when the click is over, ms. */
const KEPT = 30_000;

/** @typedef {"svg" | "png"} Format */

/**
 * @param {Format} format
 * @returns {Promise<Blob | null>} what the canvas shows, null where it shows nothing
 * @throws {Error} where the browser does not paint it
 */
export async function pictureFile(format) {
  const drawing = await standaloneDrawing(document);
  if (!drawing || format === "svg") return drawing?.file ?? null;
  const picture = await painted(drawing);
  if (!picture) throw new Error("the browser painted nothing");
  return picture;
}

/**
 * @param {Store} store
 * @param {Format} format
 * @returns {Promise<string>} key of the sentence that says what has happened
 */
export async function savePicture(store, format) {
  try {
    const file = await pictureFile(format);
    if (!file) return "page.share.nothing";
    save(file, `${nameOf(store)}.${format}`);
    return "page.share.saved";
  } catch {
    return "page.share.refused";
  }
}

/** @param {Store} store @returns {string} */
export function saveTrace(store) {
  save(new Blob([lastAnswer()], { type: "application/json" }), `${nameOf(store)}.json`);
  return "page.share.saved";
}

/**
 * @param {import("../canvas/drawing.js").Drawing} drawing
 * @returns {Promise<Blob | null>}
 */
async function painted({ file, width, height }) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  // The faces inside an image are read after it counts as decoded.
  await new Promise((resolve) => setTimeout(resolve, FACES));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * SHARPNESS);
  canvas.height = Math.ceil(height * SHARPNESS);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** The slug of the program, also of one that the reader has changed. @param {Store} store */
function nameOf(store) {
  return store.get().program ?? "backpass";
}
