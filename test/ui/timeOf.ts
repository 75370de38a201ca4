/** A time of day as English texts show it, without a line break before "PM". */
export function timeOf(at: number): string {
  const time = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(at);
  return time.replace(/\s/g, '\u00a0');
}
