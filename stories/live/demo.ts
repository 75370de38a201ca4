/** The addresses at which `npm start` serves the provider and the API. */
interface Demo {
  issuer: string;
  api: string;
  clientId: string;
}

const { STORYBOOK_ISSUER, STORYBOOK_API, STORYBOOK_CLIENT_ID } = import.meta.env as Record<
  string,
  string | undefined
>;

/** `null` when Storybook runs without the provider. */
export const demo: Demo | null =
  STORYBOOK_ISSUER && STORYBOOK_API && STORYBOOK_CLIENT_ID
    ? { issuer: STORYBOOK_ISSUER, api: STORYBOOK_API, clientId: STORYBOOK_CLIENT_ID }
    : null;

/** Runs one of the demo provider's control actions, see demo/control.js. */
export async function control(api: string, action: string): Promise<void> {
  await fetch(`${api}/control/${action}`, { method: 'POST' });
}
