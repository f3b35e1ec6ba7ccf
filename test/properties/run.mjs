// Runs a file of this folder as one bundle: Node's own loader takes a while for each `import()`, and
// time is what these files are about. `node test/properties/run.mjs soak`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'react-step-up-properties-'))
try {
  const outfile = join(folder, 'bundle.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, `${process.argv[2]}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"test"' },
    banner: {
      // React is CommonJS.
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
