export function readCookie(name: string): string {
  const cookies = document.cookie.split('; ').map((cookie) => cookie.split('='));
  return cookies.find(([key]) => key === name)?.[1] ?? '';
}
