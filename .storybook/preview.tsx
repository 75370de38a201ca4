import type { Preview } from '@storybook/react-vite';
import 'session-clock/ui/styles.css';
import { ComponentPage, DocsTheme } from '../stories/docs/lazyBlocks';
import { initialGlobals, pageGlobals, toolbar } from '../stories/page/pageGlobals';
import '../stories/page/page.css';

const preview: Preview = {
  decorators: [pageGlobals],
  globalTypes: toolbar,
  initialGlobals,
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    // The toolbar's theme sets the background.
    backgrounds: { disable: true },
    controls: { expanded: true, sort: 'requiredFirst' },
    docs: {
      // In a frame, because a dialog covers the whole page.
      story: { inline: false, height: '440px' },
      container: DocsTheme,
      page: ComponentPage,
      toc: { headingSelector: 'h2, h3', ignoreSelector: '.guide-box *, .docs-story *' },
    },
    options: {
      storySort: {
        order: [
          'The two lifetimes',
          'Live',
          'Playground',
          'Guides',
          [
            'Choose a policy',
            'Dialogs in your design system',
            'Write a source',
            'What survives what',
            'Test your app',
            'Security',
            'More',
            ['Getting started'],
          ],
          'Components',
          'Design systems',
        ],
      },
    },
  },
};

export default preview;
