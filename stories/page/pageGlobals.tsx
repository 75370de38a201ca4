import type { Decorator, Preview } from '@storybook/react-vite';
import { SessionMessages } from 'session-clock/ui';
import { languages } from './languages';
import { RootAttribute } from './RootAttribute';

/** In these states the toolbar changes nothing, so that a story can set its own theme, direction and language. */
export const initialGlobals = { theme: 'system', direction: 'language', language: 'story' };

/** The toolbar's menus: theme, reading direction, and language of the texts. */
export const toolbar: NonNullable<Preview['globalTypes']> = {
  theme: menu('Theme', 'contrast', {
    system: 'System theme',
    light: 'Light',
    dark: 'Dark',
  }),
  direction: menu('Reading direction', 'transfer', {
    language: 'Direction of the texts',
    ltr: 'Left to right',
    rtl: 'Right to left',
  }),
  language: menu('Language of the texts', 'globe', {
    story: 'Texts of the story',
    ...Object.fromEntries(Object.entries(languages).map(([key, { title }]) => [key, title])),
  }),
};

function menu(description: string, icon: 'contrast' | 'transfer' | 'globe', titles: object) {
  const items = Object.entries(titles).map(([value, title]) => ({ value, title: String(title) }));
  return { description, toolbar: { title: description, icon, items, dynamicTitle: true } };
}

/** The theme of the docs page that shows the story in a frame; `null`: there is none. */
function themeOfDocsPage(): string | null {
  return window.frameElement?.ownerDocument.documentElement.getAttribute('data-theme') ?? null;
}

/** Applies the toolbar's choices to the page of a story. */
export const pageGlobals: Decorator = (Story, { globals, viewMode }) => {
  const language = languages[globals['language']];
  const direction =
    globals['direction'] === 'language' ? language?.direction : globals['direction'];
  const theme = globals['theme'] === 'system' ? themeOfDocsPage() : globals['theme'];
  const lang = language ? globals['language'] : null;
  const story = language ? (
    <SessionMessages messages={language.messages}>
      <Story />
    </SessionMessages>
  ) : (
    <Story />
  );
  // In a docs page, only the story changes; the theme is that of the whole page.
  if (viewMode === 'docs') {
    return (
      <div lang={lang ?? undefined} dir={direction}>
        {story}
      </div>
    );
  }
  return (
    <RootAttribute name="data-theme" value={theme}>
      <RootAttribute name="dir" value={direction ?? null}>
        <RootAttribute name="lang" value={lang}>
          {story}
        </RootAttribute>
      </RootAttribute>
    </RootAttribute>
  );
};
