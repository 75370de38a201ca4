// @ts-check

/**
 * A dialog to test.
 * @typedef {object} Dialog
 * @property {string} name of its page
 * @property {string} title of its column
 * @property {string} selector of the open dialog
 * @property {string} stay the name of the button that extends the session
 */

/** @type {readonly Dialog[]} */
export const dialogs = [
  {
    name: 'session-clock',
    title: 'session-clock',
    selector: 'dialog.sc-dialog[open]',
    stay: 'Stay signed in',
  },
  {
    name: 'hmrc',
    title: 'HMRC timeout dialog',
    selector: '#hmrc-timeout-dialog',
    stay: 'Stay signed in',
  },
  {
    name: 'cms',
    title: 'CMS `IdleTimeout`',
    selector: '#session-timeout-dialog[open]',
    stay: 'Continue session',
  },
  {
    name: 'idle-timer',
    title: 'react-idle-timer with MUI',
    selector: '.MuiDialog-paper',
    stay: 'I am still here',
  },
];
