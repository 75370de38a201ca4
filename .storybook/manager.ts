import { addons } from 'storybook/manager-api';

/** The page of these stories is used as a whole, and the addon panel would cover a part of it. */
const withoutPanel = /^(live|playground)--/;

addons.setConfig({
  layoutCustomisations: {
    showPanel: ({ storyId }: { storyId?: string }, isShown: boolean): boolean =>
      withoutPanel.test(storyId ?? '') ? false : isShown,
  },
});
