import type { ReactNode } from 'react';
import { type SessionClient, SessionProvider } from 'session-clock';
import {
  type Messages,
  ReloginDialog,
  SessionBanner,
  SessionCountdown,
  SessionExpiryDialog,
  SessionMessages,
  SessionStatusBadge,
  SignInButton,
  SignOutButton,
} from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { de } from 'session-clock/ui/messages/de';
import { en } from 'session-clock/ui/messages/en';
import { es } from 'session-clock/ui/messages/es';
import { fr } from 'session-clock/ui/messages/fr';
import { ja } from 'session-clock/ui/messages/ja';
import { ko } from 'session-clock/ui/messages/ko';
import { ptBR } from 'session-clock/ui/messages/ptBR';
import { zhCN } from 'session-clock/ui/messages/zh';
import type { Shown } from './session.ts';

const languages: Record<string, Messages> = { ar, de, en, es, fr, ja, ko, ptBR, zhCN };

interface AppProps {
  shown: Shown;
  client: SessionClient;
}

export function App({ shown, client }: AppProps): ReactNode {
  const { component, lang = 'en', isTall = true, props = {} } = shown;
  return (
    <SessionProvider client={client}>
      <SessionMessages messages={languages[lang] as Messages}>
        <main className={isTall ? 'tall' : ''}>
          <p>The page</p>
          {component === 'all' && <Header />}
          {(component === 'banner' || component === 'all') && <SessionBanner />}
        </main>
        {component === 'expiry' && <SessionExpiryDialog {...props} />}
        {component === 'relogin' && <ReloginDialog {...props} />}
      </SessionMessages>
    </SessionProvider>
  );
}

function Header(): ReactNode {
  return (
    <header>
      <SessionStatusBadge /> <SessionCountdown /> <SessionCountdown shape="ring" total="2m" />
      <SessionCountdown shape="bar" /> <SignInButton /> <SignOutButton />
    </header>
  );
}
