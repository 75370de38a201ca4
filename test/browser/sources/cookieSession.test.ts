import { CookieServer } from './cookieServer.ts';
import { driveSource } from './drive.ts';

driveSource({
  page: 'cookie-session',
  async startServer() {
    const server = new CookieServer();
    let isDown = false;
    return {
      settings: {},
      handle: (request, response) =>
        isDown ? void response.destroy() : server.handle(request, response),
      renewals: () => server.extensions,
      refusals: () => server.refusals,
      stop: async () => {
        isDown = true;
      },
      start: async () => {
        isDown = false;
      },
      endSessions: () => server.endSessions(),
    };
  },
  completeSignIn: (page) => page.getByRole('button', { name: /Ada/ }).click(),
});
