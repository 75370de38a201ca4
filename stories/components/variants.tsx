import type { Decorator } from '@storybook/react-vite';
import { type ReactNode, useLayoutEffect } from 'react';
import { SessionMessages, zhCN } from 'session-clock/ui';

/** The page in the dark. */
export const dark: Decorator = (Story) => (
  <OnRoot name="style" value="color-scheme: dark; background: #10151d; color: #eef1f6">
    <Story />
  </OnRoot>
);

/** A page that is read from right to left. */
export const rightToLeft: Decorator = (Story) => (
  <OnRoot name="dir" value="rtl">
    <Story />
  </OnRoot>
);

/** A page in Simplified Chinese. */
export const chinese: Decorator = (Story) => (
  <OnRoot name="lang" value="zh-CN">
    <SessionMessages messages={zhCN}>
      <Story />
    </SessionMessages>
  </OnRoot>
);

/** A page with the usual reset. */
export const reset: Decorator = (Story) => (
  <>
    <style>{'*, ::backdrop { margin: 0; padding: 0; box-sizing: border-box }'}</style>
    <Story />
  </>
);

/** Dialogs are drawn above the page, so what they follow is set on its root. */
function OnRoot(props: { name: string; value: string; children: ReactNode }): ReactNode {
  const { name, value, children } = props;
  useLayoutEffect(() => {
    const root = document.documentElement;
    const before = root.getAttribute(name);
    root.setAttribute(name, value);
    return () => {
      if (before === null) root.removeAttribute(name);
      else root.setAttribute(name, before);
    };
  }, [name, value]);
  return children;
}
