// How the library is built, and where its public names lead during development. Tests and Storybook
// start from this file too; Storybook leaves `build` out, so everything of the build is under it.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const readJson = (file: string) => JSON.parse(readFileSync(path(file), 'utf8')) as unknown

const { compilerOptions } = readJson('tsconfig.json') as {
  compilerOptions: { paths: Record<string, [string]> }
}
const manifest = readJson('package.json') as {
  exports: Record<string, string | { default: string }>
}

/** `react-step-up/…` leads to src, by the same table that TypeScript reads. Exact, so in any order. */
export const publicNames = Object.entries(compilerOptions.paths).map(([name, [file]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: path(file),
}))

/** One entry per subpath of `exports`: dist/server/index.js is built from src/server/index.ts. */
const entries = Object.fromEntries(
  Object.values(manifest.exports)
    .filter((target) => typeof target === 'object')
    .filter((target) => target.default.endsWith('.js'))
    .map((target) => target.default.replace(/^\.\/dist\/|\.js$/g, ''))
    .map((name) => [name, path(`src/${name}.ts`)]),
)

/**
 * Next draws the line between server and client at this directive. It stands on the modules that use
 * React and not on the index, so that server code can import `definePolicies` from "react-step-up".
 */
const useClient: Plugin = {
  name: 'use-client',
  renderChunk: (code, chunk) =>
    /^(react|dialogs|query)\//.test(chunk.fileName) && !/^['"]use client['"]/.test(code)
      ? { code: `'use client'\n${code}`, map: null }
      : null,
}

const copyStyles: Plugin = {
  name: 'copy-styles',
  writeBundle: ({ dir = 'dist' }) => {
    copyFileSync(path('src/dialogs/styles.css'), `${dir}/dialogs/styles.css`)
    // TypeScript 6 refuses `import 'react-step-up/dialogs/styles.css'` without a declaration.
    writeFileSync(`${dir}/dialogs/styles.css.d.ts`, 'export {}\n')
  },
}

export default defineConfig({
  plugins: [react()],
  resolve: { alias: publicNames },
  build: {
    target: 'es2022',
    minify: false,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      // Everything that is not a file of ours is installed by the app, or comes as a dependency.
      external: /^(?![a-z]:)[^./\0]/i,
      output: {
        // One file per source file: stack traces name it, and apps drop what they do not import.
        preserveModules: true,
        preserveModulesRoot: 'src',
        entryFileNames: '[name].js',
      },
      plugins: [useClient, copyStyles],
    },
  },
})
