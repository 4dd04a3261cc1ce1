/** Reads tensors from standard input and writes each as the page prints it. */

import { readFileSync } from "node:fs";
import { printedTensor } from "../../static/js/gradient/printed-tensor.js";

const tensors = JSON.parse(readFileSync(0, "utf-8"));
const texts = tensors.map(({ values, shape, dtype }) => printedTensor(values, shape, dtype));
process.stdout.write(JSON.stringify(texts));
