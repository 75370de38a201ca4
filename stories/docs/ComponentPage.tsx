import {
  ArgTypes,
  Controls,
  Description,
  DocsContext,
  Primary,
  Subheading,
  Title,
} from '@storybook/addon-docs/blocks';
import { type ReactNode, useContext } from 'react';

/**
 * The docs page of a component: one story, the props, and a link to each state. Stories are not repeated here:
 * many show a modal dialog, and each of them sets attributes of the whole page.
 */
export default function ComponentPage(): ReactNode {
  const context = useContext(DocsContext);
  const stories = context.componentStories();
  const [first] = stories;
  if (!first) return null;
  // The controls have no effect on a story in a frame.
  const isFramed = first.parameters['docs']?.story?.inline === false;
  const hasComponent = Boolean(first.component);
  return (
    <>
      <Title />
      <Description />
      <Primary />
      {isFramed && hasComponent ? <ArgTypes /> : <Controls />}
      <Subheading>States</Subheading>
      <ul>
        {stories.map(({ id, name, parameters }) => (
          <li key={id}>
            <a href={`?path=/story/${id}`} target="_top">
              {name}
            </a>{' '}
            {parameters['docs']?.description?.story}
          </li>
        ))}
      </ul>
    </>
  );
}
