// For an app whose bundler has no types for styles.
export {};
