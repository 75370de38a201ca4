// @ts-check

/** @typedef {{ sub: string, name: string, email: string }} User */

/** The users of the provider. @type {readonly User[]} */
export const users = [
  { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { sub: 'grace', name: 'Grace Hopper', email: 'grace@example.com' },
];
