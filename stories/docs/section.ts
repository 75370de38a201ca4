/**
 * The text of a Markdown section, without its heading: up to the next heading of the same or a higher level.
 * Throws if there is none, so that a renamed heading is noticed.
 */
export function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex(
    (line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading,
  );
  if (start < 0) throw new Error(`There is no section "${heading}". Use the text of a heading.`);
  const level = lines[start]?.indexOf(' ') ?? 1;
  const rest = lines.slice(start + 1);
  const length = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level);
  return rest.slice(0, length < 0 ? undefined : length).join('\n');
}

/** The text without the title of the page. */
export function withoutTitle(markdown: string): string {
  return markdown.replace(/^# .*\n/, '');
}
