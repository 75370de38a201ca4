/** The page that the user sees, as a `returnTo`. */
export function currentPath(): string {
  const { pathname, search, hash } = location;
  if (pathname.startsWith('//')) return '/';
  // A backslash is refused in `returnTo`, because browsers read it as a slash.
  return (pathname + search + hash).replaceAll('\\', '%5C');
}
