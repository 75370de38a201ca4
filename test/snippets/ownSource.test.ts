// Runs the source of docs/own-source.md by the test that the same page shows.
// If this file has no test, the block has moved.
import 'snippet:docs/own-source.md#3';
