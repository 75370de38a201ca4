/** Whether this is a development build. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}

/** Not every build has the types of Node. */
declare const process: { env: { NODE_ENV?: string } };
