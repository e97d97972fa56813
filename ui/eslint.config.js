import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Only the real host may reach the shell; every screen goes through `Host`. */
const shellIsBehindTheHost = {
    "no-restricted-imports": "off",
    "@typescript-eslint/no-restricted-imports": [
        "error",
        {
            patterns: [
                {
                    group: ["@tauri-apps/*"],
                    message: "Only src/ipc/tauri.ts talks to Tauri: use Host.",
                },
                {
                    group: ["**/bindings", "**/bindings.ts"],
                    allowTypeImports: true,
                    message: "Take types only: commands go through Host.",
                },
                {
                    group: ["**/fake", "**/fake/*", "**/fake.ts"],
                    message: "The fake host belongs to src/mock.ts and tests.",
                },
            ],
        },
    ],
};

export default ts.config(
    {
        ignores: ["dist/", "dist-mock/", "src/ipc/bindings.ts"],
    },
    js.configs.recommended,
    ...ts.configs.strictTypeChecked,
    ...svelte.configs.recommended,
    {
        languageOptions: {
            globals: { ...globals.browser },
            parserOptions: {
                projectService: { allowDefaultProject: ["*.js"] },
                extraFileExtensions: [".svelte"],
            },
        },
        rules: {
            ...shellIsBehindTheHost,
            eqeqeq: "error",
            "svelte/no-at-html-tags": "error",
            "svelte/no-inline-styles": ["error", { allowTransitions: false }],
            "svelte/button-has-type": "error",
            "@typescript-eslint/restrict-template-expressions": [
                "error",
                { allowNumber: true },
            ],
        },
    },
    {
        files: ["**/*.svelte", "**/*.svelte.ts"],
        languageOptions: {
            parserOptions: { parser: ts.parser, svelteConfig },
        },
        rules: {
            // Props and runes are reassigned by the compiler, not by us.
            "prefer-const": "off",
            "@typescript-eslint/no-confusing-void-expression": "off",
            // `void value` marks what an effect depends on.
            "@typescript-eslint/no-meaningless-void-operator": "off",
            // Only what a screen reads has to be reactive.
            "svelte/prefer-svelte-reactivity": "off",
        },
    },
    {
        files: [
            "src/ipc/tauri.ts",
            "src/ipc/fake.ts",
            "src/mock.ts",
            "tests/**",
            "**/*.test.ts",
        ],
        rules: { "@typescript-eslint/no-restricted-imports": "off" },
    },
    {
        files: ["*.js"],
        ...ts.configs.disableTypeChecked,
    },
);
