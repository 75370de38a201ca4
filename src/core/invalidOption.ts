/** The error for an option that is invalid: its value, then what to use instead. */
export function invalidOption(name: string, value: unknown, advice: string): TypeError {
  return new TypeError(`${name} is ${JSON.stringify(value) ?? String(value)}. ${advice}`);
}
