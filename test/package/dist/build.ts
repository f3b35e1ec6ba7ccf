import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { relative, sep } from 'node:path'
import ts from 'typescript'
import { root } from '../../ensure.mjs'

if (!existsSync(`${root}dist`)) {
  throw new Error('There is no dist to check. Run `npm run build` first.')
}

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>
  peerDependencies: Record<string, string>
}

/** The repository's paths of the files under `folder` whose names match. */
export const filesIn = (folder: string, name: RegExp) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => `${folder}/${file.split(sep).join('/')}`)

export const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')

export const manifest = JSON.parse(read('package.json')) as Manifest

/** The files that `exports` leads to, by subpath. */
export const subpaths = Object.entries(manifest.exports)

/** "server/express" for every subpath that is code. */
export const entryNames = subpaths
  .filter(([, target]) => typeof target === 'object')
  .map(([, target]) => (target as { default: string }).default)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.replace(/^\.\/dist\/|\.js$/g, ''))

/** Every file of src that `entries` (paths in src) lead to, by value imports and type imports. */
export function reachableFrom(entries: readonly string[]): Set<string> {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile) as {
    config: { compilerOptions: object }
  }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const program = ts.createProgram(
    entries.map((name) => `${root}src/${name}.ts`),
    { ...options, types: [] },
  )
  const files = program.getSourceFiles().map(({ fileName }) => relative(root, fileName))
  return new Set(files.map((file) => file.split(sep).join('/')).filter((f) => f.startsWith('src/')))
}
