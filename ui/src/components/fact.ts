import type { Snippet } from "svelte";

/** One labelled value; `value` is a snippet where text is not enough. */
export interface Fact {
  label: string;
  value: string | Snippet;
  mono?: boolean;
}
