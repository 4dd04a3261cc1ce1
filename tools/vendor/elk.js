/* The layouter's front; its worker is /static/vendor/elk-worker.min.js and is given as workerUrl. */
export { default } from "elkjs/lib/elk-api.js";
