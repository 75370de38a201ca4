/** The path with these query parameters added to its own. */
export function withQuery(path: string, fields: Readonly<Record<string, string>>): string {
  const query = String(new URLSearchParams(fields));
  return (query && path + (path.includes('?') ? '&' : '?') + query) || path;
}
