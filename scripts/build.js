// @ts-check
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { root } from './dependencies.js';

process.chdir(root);

// Plain tsc: each module keeps its own 'use client', which bundlers lose and Next.js needs.
rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (existsSync('src/ui/styles.css')) cpSync('src/ui/styles.css', 'dist/ui/styles.css');
