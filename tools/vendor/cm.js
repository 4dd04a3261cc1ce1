/* All of CodeMirror in one bundle: two copies of @codemirror/state would break its instanceof checks. */
export * from "@codemirror/autocomplete";
export * from "@codemirror/commands";
export * from "@codemirror/lang-python";
export * from "@codemirror/language";
export * from "@codemirror/lint";
export * from "@codemirror/search";
export * from "@codemirror/state";
export * from "@codemirror/view";
export * from "@lezer/highlight";
