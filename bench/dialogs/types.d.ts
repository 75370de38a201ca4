/** What `recordPage()` and `counters.js` record in a page. */
interface Window {
  record: {
    /** The texts of live regions. */
    spoken: { at: number; by: string; text: string }[];
    /** The directives by which the Content Security Policy has refused something. */
    refused: string[];
    animations: number;
  };
  counters: { timers: number; listeners: Record<string, number> };
}
