/** A snippet of the documentation, by its page and its title or place. See `snippetModules.ts`. */
declare module 'snippet:*';
