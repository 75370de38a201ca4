import type { Meta, StoryObj } from '@storybook/react-vite';
import { StoryPage } from '../components/storySession';
import { dark } from '../components/variants';
import { HiddenTree } from './HiddenTree';
import * as stories from './promptStories';
import { AriaDialogs } from './ReactAria';
import './reactAria.css';

const meta: Meta = {
  title: 'Design systems/React Aria',
  tags: ['!autodocs'],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <HiddenTree>
        <AriaDialogs />
      </HiddenTree>
    </StoryPage>
  ),
};

export default meta;

export const Warning: StoryObj = stories.warning;
export const Stay: StoryObj = stories.stay;
export const StayFails: StoryObj = stories.stayFails;
export const SignOut: StoryObj = stories.signOut;
export const Escape: StoryObj = stories.escape;
export const NotNow: StoryObj = stories.notNow;
export const TooLate: StoryObj = stories.tooLate;
export const SignIn: StoryObj = stories.signIn;
export const WhileTyping: StoryObj = stories.whileTyping;
export const HiddenByTheApp: StoryObj = stories.hiddenTree;
export const Suspended: StoryObj = stories.suspendedTree;
export const Dark: StoryObj = { ...stories.warning, decorators: [dark] };
