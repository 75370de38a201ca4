import './globals.ts';

// The test of docs/testing.md, "Turn a bug report into a test". If this file has no test, the block has moved.
import 'snippet:docs/testing.md#3';
