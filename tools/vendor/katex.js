/* The page calls render() only: it builds DOM nodes, which a strict style-src lets through. */
export { default } from "katex";
