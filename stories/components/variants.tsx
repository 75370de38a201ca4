import type { Decorator } from '@storybook/react-vite';
import { SessionMessages } from 'session-clock/ui';
import { languages } from '../page/languages';
import { RootAttribute } from '../page/RootAttribute';

/** A dark page. */
export const dark: Decorator = (Story) => (
  <RootAttribute name="data-theme" value="dark">
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
export const chinese: Decorator = inLanguage('zh-CN');

/** A page in Arabic, which is written from right to left. */
export const arabic: Decorator = inLanguage('ar');

function inLanguage(lang: 'ar' | 'zh-CN'): Decorator {
  const { messages, direction } = languages[lang] as (typeof languages)[string];
  return (Story) => (
    <RootAttribute name="lang" value={lang}>
      <RootAttribute name="dir" value={direction}>
        <SessionMessages messages={messages}>
          <Story />
        </SessionMessages>
      </RootAttribute>
    </RootAttribute>
  );
}

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
