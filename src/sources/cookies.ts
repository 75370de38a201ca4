/** The value of a cookie that a script of the page can read, decoded; `undefined` if there is none. */
export function readCookie(name: string): string | undefined {
  const entry = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`));
  const value = entry?.slice(name.length + 1);
  try {
    // Laravel encodes its token with percent signs, and expects it decoded.
    return value && decodeURIComponent(value);
  } catch {
    return value;
  }
}
