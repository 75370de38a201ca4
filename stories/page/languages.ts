import type { Messages } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { de } from 'session-clock/ui/messages/de';
import { en } from 'session-clock/ui/messages/en';
import { es } from 'session-clock/ui/messages/es';
import { fr } from 'session-clock/ui/messages/fr';
import { ja } from 'session-clock/ui/messages/ja';
import { ko } from 'session-clock/ui/messages/ko';
import { ptBR } from 'session-clock/ui/messages/ptBR';
import { zhCN } from 'session-clock/ui/messages/zh';

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
  ar: { title: 'العربية', messages: ar, direction: 'rtl' },
  de: { title: 'Deutsch', messages: de, ...leftToRight },
  es: { title: 'Español', messages: es, ...leftToRight },
  fr: { title: 'Français', messages: fr, ...leftToRight },
  ja: { title: '日本語', messages: ja, ...leftToRight },
  ko: { title: '한국어', messages: ko, ...leftToRight },
  'pt-BR': { title: 'Português (Brasil)', messages: ptBR, ...leftToRight },
  'zh-CN': { title: '简体中文', messages: zhCN, ...leftToRight },
};
