// @ts-nocheck
import '@cmsgov/design-system/css/index.css';
import '@cmsgov/design-system/css/core-theme.css';
import { IdleTimeout } from '@cmsgov/design-system';
import { show } from './app.jsx';

show(
  <IdleTimeout
    timeToTimeout={15}
    timeToWarning={13}
    showSessionEndButton
    endSessionUrl="/signed-out"
    onSessionContinue={() => void fetch('/keep-alive', { method: 'POST' })}
    onSessionForcedEnd={() => location.assign('/signed-out')}
    onTimeout={() => location.assign('/timed-out')}
  />,
);
