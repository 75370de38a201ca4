// @ts-check
import { requireSupportedNode } from './nodeVersion.js';

requireSupportedNode();
// Not a static import: an old Node would fail to parse it before the check runs.
import('./allChecks.js');
