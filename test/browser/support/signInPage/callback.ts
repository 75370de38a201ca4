import { oidcCallback } from 'session-clock/sources/oidc-client';
import { createUserManager } from './settings';

await oidcCallback(createUserManager());
