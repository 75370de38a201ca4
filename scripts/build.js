// @ts-check
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { root } from './dependencies.js';

process.chdir(root);

// Plain tsc: each module keeps its own 'use client', which bundlers lose and Next.js needs.
rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const file of ['styles.css', 'styles.css.d.ts', 'timeline.css'])
  cpSync(`src/ui/${file}`, `dist/ui/${file}`);
