// All topics in one process, one test after the other: a process for each would load the library anew every time.

import { readdirSync } from "node:fs";

const topics = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.mjs"))
    .sort();
for (const topic of topics) await import(`./${topic}`);
