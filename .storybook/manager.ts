import { addons } from 'storybook/manager-api';

/** The stories of the Live page have no controls, so the addon panel would only cover the page. */
addons.setConfig({
  layoutCustomisations: {
    showPanel: ({ storyId }: { storyId?: string }, isShown: boolean): boolean =>
      storyId?.startsWith('live--') ? false : isShown,
  },
});
