import { BetterAuthApp } from './betterAuthApp.ts';
import { driveSource } from './drive.ts';

driveSource({
  page: 'better-auth',
  async startServer(origin) {
    const app = new BetterAuthApp({ origin });
    let isDown = false;
    return {
      settings: {},
      handle: (request, response) =>
        isDown ? void response.destroy() : app.handle(request, response),
      renewals: () => app.extensions,
      refusals: () => 0,
      stop: async () => {
        isDown = true;
      },
      start: async () => {
        isDown = false;
      },
      endSessions: () => app.endSessions(),
    };
  },
  completeSignIn: (page) => page.getByRole('button', { name: /Ada/ }).click(),
});
