import { writeFileSync } from 'node:fs';
import { page, pageWith, readTable } from './table.ts';

writeFileSync(page, pageWith(await readTable()));
