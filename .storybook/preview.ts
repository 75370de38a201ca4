import type { Preview } from '@storybook/react-vite';
import 'session-clock/ui/styles.css';

const preview: Preview = {
  parameters: {
    layout: 'centered',
    a11y: { test: 'error' },
    options: { storySort: { order: ['Live', 'Components'] } },
  },
};

export default preview;
