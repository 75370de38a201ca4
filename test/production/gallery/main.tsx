import '@fontsource-variable/noto-sans';
import '@fontsource-variable/noto-sans-arabic';
import '@fontsource-variable/noto-sans-sc';
import { createRoot } from 'react-dom/client';
import { SessionProvider } from 'session-clock';
import { createTestClient, TestClock, TestSource } from 'session-clock/testing';
import { SessionMessages } from 'session-clock/ui';
import { ar, arTimeline } from 'session-clock/ui/messages/ar';
import { en } from 'session-clock/ui/messages/en';
import { zhCN, zhCNTimeline } from 'session-clock/ui/messages/zh';
import 'session-clock/ui/styles.css';
import './page.css';
import { rendered } from './rendered.ts';
import { findScene } from './scenes.tsx';

const languages = {
  ar: { ...ar, timeline: arTimeline },
  en,
  zh: { ...zhCN, timeline: zhCNTimeline },
};
const user = { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' };
const noon = Date.UTC(2026, 0, 15, 12);

/** Renders the scene and the language that the address names, at noon of a day that the clock controls. */
async function show(parameters: URLSearchParams): Promise<void> {
  const { policy, steps, page, source: settings } = findScene(parameters.get('scene'));
  const clock = new TestClock({ now: noon });
  const source = new TestSource({
    session: { user, startedAt: noon },
    sessionLifetime: '30m',
    ...settings,
  });
  const client = createTestClient({ source, clock, policy });
  createRoot(document.body.appendChild(document.createElement('div'))).render(
    <SessionMessages
      messages={languages[(parameters.get('lang') ?? 'en') as keyof typeof languages]}
    >
      <SessionProvider client={client}>{page}</SessionProvider>
    </SessionMessages>,
  );
  await rendered();
  await clock.advance(0);
  await steps?.({ client, clock, source });
  await rendered();
  await document.fonts.ready;
  Object.assign(window, { gallery: { client, clock, source } });
  document.body.dataset.ready = '';
}

const parameters = new URLSearchParams(location.search);
document.documentElement.dir = parameters.get('dir') ?? 'ltr';
document.documentElement.lang = parameters.get('lang') ?? 'en';
void show(parameters);
