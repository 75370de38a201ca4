// @ts-check
import { users } from './users.js';

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1b2430, #e8ecf2); --quiet: light-dark(#55606e, #9aa6b6);
  --line: light-dark(#d9dfe7, #2e3846); --paper: light-dark(#fff, #161d27); --accent: light-dark(#2b5fd9, #7fa6ff); }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f4f6f9, #0e131b);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: min(26rem, 100%); padding: clamp(1.25rem, 6vw, 2.5rem); }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; letter-spacing: -.02em; }
p { margin: 0 0 1.5rem; color: var(--quiet); }
form { display: grid; gap: .75rem; }
button { display: flex; gap: .9rem; align-items: center; padding: .8rem 1rem; border: 1px solid var(--line);
  border-radius: 14px; background: var(--paper); color: inherit; font: inherit; text-align: start; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.avatar { display: grid; place-items: center; width: 2.6rem; height: 2.6rem; border-radius: 50%;
  background: var(--accent); color: light-dark(#fff, #0e131b); font-weight: 600; }
small { display: block; color: var(--quiet); }
`;

/**
 * A page of the provider.
 * @param {string} title
 * @param {string} body
 */
export function page(title, body) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
<main>${body}</main>
</html>`;
}

/** @param {string} action the form's target */
export function loginPage(action) {
  const buttons = users.map(
    ({ sub, name, email }) => `
<button name="sub" value="${sub}" aria-label="Continue as ${name}">
  <span class="avatar" aria-hidden="true">${name[0]}</span>
  <span>${name}<small>${email}</small></span>
</button>`,
  );
  return page(
    'Sign in',
    `<h1>Sign in</h1>
<p>A provider on your own machine. Continue as</p>
<form method="post" action="${action}">${buttons.join('')}</form>`,
  );
}
