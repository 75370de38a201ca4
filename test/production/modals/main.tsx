import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import 'session-clock/ui/styles.css';
import type { ModalProps } from './libraries/modal.ts';
import { Page } from './Page.tsx';

type Module = { default: ComponentType<ModalProps> };
const libraries: Record<string, () => Promise<Module>> = {
  radix: () => import('./libraries/radix.tsx'),
  mui: () => import('./libraries/mui.tsx'),
  reactAria: () => import('./libraries/reactAria.tsx'),
  headless: () => import('./libraries/headless.tsx'),
  native: () => import('./libraries/native.tsx'),
};

const name = new URLSearchParams(location.search).get('library') ?? 'native';
const library = await libraries[name]?.();
const root = document.querySelector('#root');
if (root && library) createRoot(root).render(<Page Modal={library.default} />);
