export { App } from './App';
export { readCookie } from './cookies';
export { MyDialog } from './dialogs';
export { policy, source } from './settings';
export { startMyFakeServer } from './startMyFakeServer';
export { userManager } from './userManager';
