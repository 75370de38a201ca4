import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks';
import {
  type PropsWithChildren,
  type ReactNode,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { GLOBALS_UPDATED, SET_GLOBALS } from 'storybook/internal/core-events';
import { themes } from 'storybook/theming';
import { RootAttribute } from '../page/RootAttribute';

type Channel = DocsContainerProps['context']['channel'];

/** A docs page in the theme of the toolbar. */
export default function DocsTheme(props: PropsWithChildren<DocsContainerProps>): ReactNode {
  const theme = useTheme(props.context.channel);
  const isDark = useIsDark(theme);
  const page = <DocsContainer {...props} theme={isDark ? themes.dark : themes.light} />;
  return (
    <RootAttribute name="data-theme" value={isDark ? 'dark' : 'light'}>
      {page}
    </RootAttribute>
  );
}

function useTheme(channel: Channel): string {
  const [theme, setTheme] = useState(() => readTheme(channel));
  useEffect(() => {
    const update = (): void => setTheme(readTheme(channel));
    channel.on(GLOBALS_UPDATED, update);
    return () => channel.off(GLOBALS_UPDATED, update);
  }, [channel]);
  return theme;
}

/** A page without a story has no context that contains the globals. */
function readTheme(channel: Channel): string {
  const [latest] = channel.last(GLOBALS_UPDATED) ?? channel.last(SET_GLOBALS) ?? [];
  return String(latest?.globals?.theme ?? 'system');
}

const systemTheme = matchMedia('(prefers-color-scheme: dark)');

function useIsDark(theme: string): boolean {
  const isSystemDark = useSyncExternalStore(subscribeToSystemTheme, () => systemTheme.matches);
  return theme === 'system' ? isSystemDark : theme === 'dark';
}

function subscribeToSystemTheme(listener: () => void): () => void {
  systemTheme.addEventListener('change', listener);
  return () => systemTheme.removeEventListener('change', listener);
}
