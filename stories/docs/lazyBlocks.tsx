import type { DocsContainerProps } from '@storybook/addon-docs/blocks';
import { lazy, type PropsWithChildren, type ReactNode, Suspense } from 'react';

const Container = lazy(() => import('./DocsTheme'));
const Page = lazy(() => import('./ComponentPage'));

/** The frame of each docs page. Storybook's blocks are loaded only when a docs page is shown. */
export function DocsTheme(props: PropsWithChildren<DocsContainerProps>): ReactNode {
  return (
    <Suspense>
      <Container {...props} />
    </Suspense>
  );
}

/** The docs page of a component. */
export function ComponentPage(): ReactNode {
  return (
    <Suspense>
      <Page />
    </Suspense>
  );
}
