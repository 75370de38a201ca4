// @ts-check
import * as answers from './probes/answers.js';
import * as appearance from './probes/appearance.js';
import * as tabs from './probes/tabs.js';
import * as time from './probes/time.js';
import { builtInLanguages, sizes } from './sizes.js';

/**
 * The rows of the table: what was done, and the probe that does it.
 * @type {readonly [string, (setting: import('./scene.js').Setting) => Promise<string>][]}
 */
export const rows = [
  ['The user is active at 2:10, then not any more', time.onTime],
  ['What a screen reader is given in the two minutes', answers.utterances],
  ['Keyboard focus, from a field', answers.focus],
  ['Escape', answers.escape],
  ['A key that is pressed in a field just as the warning opens', answers.nextKey],
  ['The user is active in another tab at 10:00', tabs.activityElsewhere],
  ['“Stay” in one of two tabs that warn', tabs.answerElsewhere],
  ['The device sleeps for 8 hours from 5:00', time.sleepBefore],
  ['The device sleeps for 8 hours from 13:45, with the warning open', time.sleepDuring],
  ['A hidden tab, whose timers fire once a minute', time.hidden],
  ['The clock of the device is set an hour ahead at 5:00', time.clockAhead],
  ['The clock of the device is set an hour back at 5:00', time.clockBehind],
  ['“Stay” while the network fails', answers.extendFails],
  ['“Stay” that works', answers.extendWorks],
  ['No answer until the end (the apps of CMS and react-idle-timer leave the page)', answers.end],
  ['A native modal dialog of the app is open', answers.overModal],
  ['Languages that it brings', builtInLanguages],
  ['Right to left', appearance.rightToLeft],
  ['Dark page', appearance.dark],
  ['Reduced motion', appearance.reducedMotion],
  ['Forced colours', appearance.forcedColors],
  ['Small windows (CSS pixels)', appearance.narrow],
  ['Violations that axe finds in the dialog', appearance.axe],
  ["Content Security Policy `default-src 'self'`", appearance.strictPolicy],
  ['Work while the user is not warned', appearance.work],
  ['Size, minified and gzipped, without React', sizes],
];
