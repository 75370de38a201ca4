import { Markdown } from '@storybook/addon-docs/blocks';
import type { ReactNode } from 'react';
import { linkToPages } from './guideLinks';

/** A Markdown text of the repository, whose links lead to the pages of Storybook. */
export function Guide({ text }: { text: string }): ReactNode {
  return <Markdown>{linkToPages(text)}</Markdown>;
}
