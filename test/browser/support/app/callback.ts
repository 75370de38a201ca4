import { createUserManager, readSettings } from './userManager';

// In a pop-up, which passes its address to its opener. Unlike `signinCallback()` it needs no storage.
await createUserManager(await readSettings(), localStorage).signinPopupCallback();
