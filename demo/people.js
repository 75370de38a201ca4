// @ts-check

/** @typedef {{ sub: string, name: string, email: string }} Person */

/** The two people to sign in as. @type {readonly Person[]} */
export const people = [
  { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { sub: 'grace', name: 'Grace Hopper', email: 'grace@example.com' },
];
