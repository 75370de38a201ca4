import { type ReactNode, useLayoutEffect } from 'react';

interface RootAttributeProps {
  name: string;
  /** `null`: the attribute stays as it is. */
  value: string | null;
  children: ReactNode;
}

/** Sets an attribute on the root element: a modal dialog is drawn above the page, outside any wrapper. */
export function RootAttribute({ name, value, children }: RootAttributeProps): ReactNode {
  useLayoutEffect(() => {
    if (value === null) return;
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
