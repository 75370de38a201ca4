import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';

const src = fileURLToPath(new URL('../../../src/', import.meta.url));
const core = `export { createSessionClient, SessionProvider, hybrid, useSessionStatus, useAccessToken } from '${src}index.ts';`;
const entry = 'source-size.js';

/** What a source adds to an app that has the core: bytes, minified and compressed with gzip. */
export async function sizesOf(
  sources: readonly { entry: string; name: string }[],
): Promise<ReadonlyMap<string, number>> {
  const base = await sizeOf(core);
  const sizes = new Map<string, number>();
  for (const { entry: file, name } of sources) {
    const code = `${core} export { ${name} } from '${src}sources/${file}.ts';`;
    sizes.set(name, (await sizeOf(code)) - base);
  }
  return sizes;
}

async function sizeOf(code: string): Promise<number> {
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith(entry) ? id : null),
        load: (id) => (id.endsWith(entry) ? code : null),
      },
    ],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'esnext',
      lib: { entry, formats: ['es'] },
      minify: true,
      rolldownOptions: {
        external: [/^react/, /^@tanstack/, /^oidc-client-ts/],
        output: { minify: true },
      },
    },
  })) as Rollup.RollupOutput[];
  return gzipSync(bundle?.output[0].code ?? '', { level: 9 }).length;
}
