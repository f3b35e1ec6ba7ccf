// What the library costs an app, gzipped: the configuration of size-limit. React is the app's already.
// "Beside" means beside ".": what the bundle of "." holds is not counted again, everything else is.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const dist = (file) => `${root}dist/${file}`
const client = {
  path: dist('index.js'),
  import: '{ createStepUpClient, StepUpProvider, useRequireFreshAuth }',
}
const external = ['react', 'react-dom', 'jose', 'oidc-client-ts', '@tanstack/react-query']

/** The files of dist that `code` is bundled from, and the chunks that it loads later. */
async function bundleOf(code) {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    external,
    metafile: true,
    write: false,
    outdir: root,
    absWorkingDir: root,
  })
  const { outputs } = metafile
  const entry = Object.keys(outputs).find((file) => outputs[file].entryPoint === '<stdin>')
  const eager = new Set([entry])
  // What the entry shares with a chunk that is loaded later is in a file of its own, loaded at once.
  for (const file of eager) {
    const shared = outputs[file].imports.filter(({ kind }) => kind === 'import-statement')
    for (const { path, external } of shared) if (!external) eager.add(path)
  }
  const used = [...eager].flatMap((file) =>
    Object.entries(outputs[file].inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  )
  // esbuild also writes chunks that nothing asks for any more.
  const later = [...eager]
    .flatMap((file) => outputs[file].imports)
    .filter(({ kind, external }) => kind === 'dynamic-import' && !external)
    .map(({ path }) => outputs[path])
  return {
    files: used.map(([file]) => resolve(root, file)),
    chunks: later.map(({ entryPoint }) => resolve(root, entryPoint)),
  }
}

const { files: inClient, chunks: clientChunks } = await bundleOf(
  `export ${client.import} from '${client.path}'`,
)
const { chunks: dialogChunks } = await bundleOf(
  `export { StepUpDialog } from '${dist('dialogs/index.js')}'`,
)

/** Leaves out `loaded` files and what is imported later. */
const without = (loaded) => (config) => ({
  ...config,
  format: 'esm',
  plugins: [
    {
      name: 'beside',
      setup({ onResolve }) {
        onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
          kind === 'dynamic-import' || loaded.includes(resolve(resolveDir, path))
            ? { path, external: true }
            : null,
        )
      },
    },
  ],
})

const beside = (name, limit, path) => ({
  name,
  limit,
  path,
  ignore: external,
  modifyEsbuildConfig: without(inClient),
})

/** Beside the adapter that loads it, which has brought what both talk by. */
const onceAsked = (name, limit, file) => ({
  ...beside(name, limit, dist(file)),
  modifyEsbuildConfig: without([...inClient, dist('adapters/verification.js')]),
})

export default [
  {
    name: 'client, provider, useRequireFreshAuth',
    limit: '7 kB',
    ...client,
    ignore: external,
    modifyEsbuildConfig: without([]),
  },
  beside('asking and coming back, on first need', '17 kB', clientChunks),
  beside('adapters/token, beside it', '1 kB', dist('adapters/token.js')),
  beside('adapters/oidc-client-ts, beside it', '1 kB', dist('adapters/oidc-client-ts.js')),
  beside('adapters/session, beside it', '1 kB', dist('adapters/session.js')),
  beside('adapters/descope, beside it', '1.5 kB', dist('adapters/descope.js')),
  beside('adapters/descope, on first need', '2 kB', dist('adapters/descope-methods.js')),
  beside('adapters/workos, beside it', '1 kB', dist('adapters/workos.js')),
  beside('adapters/workos, on first need', '0.5 kB', dist('adapters/workos-trip.js')),
  beside('adapters/supertokens, beside it', '1.5 kB', dist('adapters/supertokens.js')),
  onceAsked('adapters/supertokens, on first need', '0.75 kB', 'adapters/supertokens-trip.js'),
  onceAsked('asking in the page, on first need', '1.5 kB', 'adapters/verification-methods.js'),
  {
    ...beside('dialogs, at once', '0.6 kB', dist('dialogs/index.js')),
    import: '{ StepUpDialog }',
  },
  beside('dialogs, on first need', '12 kB', dialogChunks),
  { name: 'dialogs/styles.css', limit: '3 kB', path: dist('dialogs/styles.css') },
].map((budget) => ({ ...budget, gzip: true }))
