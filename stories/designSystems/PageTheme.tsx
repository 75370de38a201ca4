import { CssBaseline, useMediaQuery } from '@mui/material';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { type ReactNode, useSyncExternalStore } from 'react';

const light = createTheme({ palette: { mode: 'light' } });
const dark = createTheme({ palette: { mode: 'dark' } });

/** MUI in the theme of the page, which a story or the toolbar sets on its root element. */
export function PageTheme({ children }: { children: ReactNode }): ReactNode {
  const theme = useSyncExternalStore(subscribeToTheme, readTheme);
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)');
  const isDark = theme ? theme === 'dark' : prefersDark;
  return (
    <ThemeProvider theme={isDark ? dark : light}>
      <CssBaseline />
      {children}
    </ThemeProvider>
  );
}

function subscribeToTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function readTheme(): string | undefined {
  return document.documentElement.dataset['theme'];
}
