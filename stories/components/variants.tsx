import type { Decorator } from '@storybook/react-vite';
import { type ReactNode, useLayoutEffect } from 'react';
import { SessionMessages, zhCN } from 'session-clock/ui';

/** A dark page. */
export const dark: Decorator = (Story) => (
  <RootAttribute name="style" value="color-scheme: dark; background: #10151d; color: #eef1f6">
    <Story />
  </RootAttribute>
);

/** A right-to-left page. */
export const rightToLeft: Decorator = (Story) => (
  <RootAttribute name="dir" value="rtl">
    <Story />
  </RootAttribute>
);

/** A page in Simplified Chinese. */
export const chinese: Decorator = (Story) => (
  <RootAttribute name="lang" value="zh-CN">
    <SessionMessages messages={zhCN}>
      <Story />
    </SessionMessages>
  </RootAttribute>
);

/** A page with a CSS reset. */
export const reset: Decorator = (Story) => (
  <>
    <style>{'*, ::backdrop { margin: 0; padding: 0; box-sizing: border-box }'}</style>
    <Story />
  </>
);

/** A page of 320 CSS pixels: a phone, or a desktop page at 400 % (WCAG 1.4.10). */
export const narrow: Decorator = (Story) => (
  <div className="story-narrow" style={{ inlineSize: 320 }}>
    <Story />
  </div>
);

/** Sets an attribute on the root element: a modal dialog is drawn above the page, outside any wrapper. */
function RootAttribute(props: { name: string; value: string; children: ReactNode }): ReactNode {
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
