import { timelineCss } from './timelineCss.js';

/** A constructed style sheet, because a strict Content-Security-Policy blocks `<style>` elements. */
let sheet: CSSStyleSheet | null = null;
let panels = 0;

/** Adds the panel's styles while at least one panel is mounted. Returns a function that removes them. */
export function addStyles(): () => void {
  // An old browser shows the panel without styles.
  if (!('adoptedStyleSheets' in document)) return () => {};
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css + timelineCss);
  }
  const added = sheet;
  if (panels++ === 0) document.adoptedStyleSheets = [...document.adoptedStyleSheets, added];
  return () => {
    panels--;
    if (panels > 0) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== added);
  };
}

const css = `
/* Reminders and notices of the page are above the panel. */
:root:has([data-session-devtools]) { --sc-devtools: 2.25rem; }
:root:has([data-session-devtools] details[open]) { --sc-devtools: calc(32vh + 2.25rem); }
/* Without the browser's styles of a popover. */
[data-session-devtools] {
  position: fixed;
  inset: auto;
  inset-block-end: 0;
  inset-inline-end: 0;
  z-index: 99999;
  inline-size: fit-content;
  max-inline-size: 100%;
  block-size: auto;
  margin: 0;
  padding: 0;
  border: 0;
  overflow: visible;
  background: none;
  pointer-events: auto;
}
.scd {
  inline-size: fit-content;
  max-inline-size: 100%;
  margin-inline-start: auto;
  /* The timeline has the colours of the panel, not those of the page. */
  --sc-color-scheme: dark;
  --sc-ink: #e8ecf3;
  --sc-muted: #aab4c2;
  --sc-line: #748090;
  --sc-paper: #151b25;
  --sc-accent: #9dbaff;
  --sc-good: #74dba7;
  --sc-warn: #ffc680;
  --sc-bad: #ffa69d;
  color-scheme: dark;
  background: #151b25;
  color: #e8ecf3;
  border: 1px solid #5a6678;
  border-radius: 0.5rem 0.5rem 0 0;
  font: 0.8125rem/1.5 ui-monospace, monospace;
  text-align: start;

  & summary {
    padding: 0.375rem 0.75rem;
    min-block-size: 24px;
    cursor: pointer;
  }
  & summary span { color: #aab4c2; }
  & .scd-body {
    box-sizing: border-box;
    inline-size: min(90rem, 100vw);
    /* A modal dialog in the middle of the page stays visible above it. */
    max-block-size: 32vh;
    overflow: auto;
    padding: 0 0.75rem 0.75rem;
    border-block-start: 1px solid #3a4556;
  }
  & .sc-timeline { margin-block: 0.75rem; font: inherit; }
  & .scd-deadline { font-weight: 700; }
  & .scd-columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
    column-gap: 2rem;
    & > * { min-inline-size: 0; }
  }
  & .scd-deadline { margin-block-start: 0.75rem; }
  & h3 { margin: 0.75rem 0 0.25rem; font: inherit; font-weight: 700; color: #9dbaff; }
  & dl, & ol { margin: 0; padding: 0; }
  & dl div { display: flex; gap: 1ch; }
  & dt { flex: none; inline-size: 16ch; margin: 0; color: #aab4c2; }
  & dd { margin: 0; overflow-wrap: anywhere; }
  & .scd-actions { display: flex; flex-wrap: wrap; gap: 0.375rem; margin-block-start: 0.75rem; }
  & button {
    min-block-size: 24px;
    padding: 0.125rem 0.625rem;
    border: 1px solid #748090;
    border-radius: 0.25rem;
    background: #232b37;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  & button:hover { background: #2f3a4a; }
  & button[aria-pressed="true"] { border-color: #9dbaff; background: #9dbaff; color: #0f1724; }
  & :focus-visible { outline: 2px solid #9dbaff; outline-offset: 1px; }
  & ol { list-style: none; max-block-size: 12rem; overflow: auto; }
  & label { display: flex; align-items: center; gap: 1ch; min-block-size: 24px; cursor: pointer; }
  & label:hover { background: #232b37; }
  & label:has(:checked) { background: #2f3a4a; }
  & label span { min-inline-size: 0; overflow-wrap: anywhere; }
  & input { flex: none; margin: 0.125rem; accent-color: #9dbaff; }
  & .scd-changes dl div { display: block; margin-block-end: 0.25rem; }
  & .scd-changes dt { inline-size: auto; overflow-wrap: anywhere; }
  & .scd-changes dd { margin-inline-start: 2ch; }
  & textarea {
    box-sizing: border-box;
    inline-size: 100%;
    border: 1px solid #748090;
    background: #0f141c;
    color: inherit;
    font: inherit;
  }
  & p { margin: 0; }
  @media (forced-colors: active) {
    & button[aria-pressed="true"] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
  }
  & code { font: inherit; color: #74dba7; }
  & time { color: #aab4c2; }
}
`;
