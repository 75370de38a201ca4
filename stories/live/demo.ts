/** Where `npm start` serves the provider and the API; empty when Storybook runs alone. */
interface Demo {
  issuer: string;
  api: string;
  clientId: string;
}

const { STORYBOOK_ISSUER, STORYBOOK_API, STORYBOOK_CLIENT_ID } = import.meta.env as Record<
  string,
  string | undefined
>;

export const demo: Demo | null =
  STORYBOOK_ISSUER && STORYBOOK_API && STORYBOOK_CLIENT_ID
    ? { issuer: STORYBOOK_ISSUER, api: STORYBOOK_API, clientId: STORYBOOK_CLIENT_ID }
    : null;

/** Turns one of the provider's switches. */
export async function control(api: string, action: string): Promise<void> {
  await fetch(`${api}/control/${action}`, { method: 'POST' });
}
