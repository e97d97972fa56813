import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * In mode `mock` the page starts from `src/mock.ts`, over the fake host. The
 * production bundle starts from `src/main.ts` and so cannot contain the fake.
 */
function mockEntry(mode: string): Plugin {
  return {
    name: "countersign-mock-entry",
    transformIndexHtml: {
      order: "pre",
      handler: (html) =>
        mode === "mock" ? html.replace("/src/main.ts", "/src/mock.ts") : html,
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), svelteTesting(), mockEntry(mode)],
  clearScreen: false,
  // Tests hold the protocol's table of characters that are not seen against ours, and
  // look for the texts that the program asks for.
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: [".", "../crates/protocol/src", "../src-tauri/src"] },
  },
  build: {
    outDir: mode === "mock" ? "dist-mock" : "dist",
    target: ["safari16", "chrome111"],
    // The content security policy has `font-src 'self'` and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    env: { TZ: "UTC" },
    // The time of the tests is their own. Only a machine that is at something else is slow.
    testTimeout: 60_000,
  },
}));
