// Types for an app whose bundler has none for CSS imports.
export {};
