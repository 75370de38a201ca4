export { type AuthFetchOptions, createAuthFetch } from './createAuthFetch.js';
