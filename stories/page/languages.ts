import type { Messages } from 'session-clock/ui';
import { ar, arTimeline } from 'session-clock/ui/messages/ar';
import { de, deTimeline } from 'session-clock/ui/messages/de';
import { en } from 'session-clock/ui/messages/en';
import { es, esTimeline } from 'session-clock/ui/messages/es';
import { fr, frTimeline } from 'session-clock/ui/messages/fr';
import { ja, jaTimeline } from 'session-clock/ui/messages/ja';
import { ko, koTimeline } from 'session-clock/ui/messages/ko';
import { ptBR, ptBRTimeline } from 'session-clock/ui/messages/ptBR';
import { zhCN, zhCNTimeline } from 'session-clock/ui/messages/zh';

interface Language {
  /** In this language. */
  title: string;
  messages: Messages;
  direction: 'ltr' | 'rtl';
}

const leftToRight = { direction: 'ltr' } as const;

/** The languages of the texts, by the value of `lang`. */
export const languages: Record<string, Language> = {
  en: { title: 'English', messages: en, ...leftToRight },
  ar: { title: 'العربية', messages: { ...ar, timeline: arTimeline }, direction: 'rtl' },
  de: { title: 'Deutsch', messages: { ...de, timeline: deTimeline }, ...leftToRight },
  es: { title: 'Español', messages: { ...es, timeline: esTimeline }, ...leftToRight },
  fr: { title: 'Français', messages: { ...fr, timeline: frTimeline }, ...leftToRight },
  ja: { title: '日本語', messages: { ...ja, timeline: jaTimeline }, ...leftToRight },
  ko: { title: '한국어', messages: { ...ko, timeline: koTimeline }, ...leftToRight },
  'pt-BR': {
    title: 'Português (Brasil)',
    messages: { ...ptBR, timeline: ptBRTimeline },
    ...leftToRight,
  },
  'zh-CN': { title: '简体中文', messages: { ...zhCN, timeline: zhCNTimeline }, ...leftToRight },
};
