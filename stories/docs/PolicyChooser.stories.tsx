import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent } from 'storybook/test';
import { PolicyChooser } from './PolicyChooser';

const meta: Meta = { title: 'Guides/Policy chooser', tags: ['!dev', '!autodocs'] };

export default meta;

/** The form of the page "Choose a policy". */
export const Chooser: StoryObj = {
  render: () => <PolicyChooser />,
  play: async ({ canvas }) => {
    const policy = canvas.getByRole('status', { name: 'Policy' });
    await expect(policy).toHaveTextContent("policy: hybrid({ idle: '30m', lifetime: '12h' })");
    await userEvent.click(canvas.getByRole('radio', { name: /fixed time/ }));
    await userEvent.selectOptions(canvas.getByLabelText('At most'), '8 h');
    await expect(policy).toHaveTextContent("policy: absolute({ lifetime: '8h' })");
    await expect(canvas.getByRole('link')).toHaveAttribute(
      'href',
      expect.stringContaining('args=policy:absolute;idle:30;absolute:480;warnBefore:120'),
    );
    await userEvent.click(canvas.getByRole('radio', { name: /cannot know/ }));
    await expect(policy).toHaveTextContent('no policy');
    await expect(canvas.queryByRole('combobox')).toBeNull();
  },
};
