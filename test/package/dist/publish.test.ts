import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../ensure.mjs'
import { manifest } from './build.ts'

const folder = mkdtempSync(join(tmpdir(), 'react-step-up-'))
let tarball = ''
let packed: string[] = []

beforeAll(() => {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const out = execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell: onWindows })
  const [pack] = JSON.parse(out) as [{ filename: string; files: { path: string }[] }]
  tarball = join(folder, pack.filename)
  packed = pack.files.map(({ path }) => path)
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const onWindows = process.platform === 'win32'

test('publint finds nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true })
  expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>))).toEqual(
    [],
  )
})

test('"are the types wrong?" finds every subpath right, packed as it will be installed', () => {
  const attw = `${root}node_modules/@arethetypeswrong/cli/dist/index.js`
  const css = Object.keys(manifest.exports).filter((name) => name.endsWith('.css'))
  const args = [tarball, '--profile', 'esm-only', '--no-color', '--exclude-entrypoints', ...css]
  try {
    execFileSync(process.execPath, [attw, ...args], { encoding: 'utf8' })
  } catch (error) {
    expect.fail((error as { stdout: string }).stdout)
  }
})

test('the package holds what was built and nothing of the workshop', () => {
  expect(packed).toContain('dist/index.js')
  expect(packed).toContain('dist/dialogs/styles.css')
  const strays = packed.filter((path) => !/^(dist\/|package\.json$|[A-Z]+(\.md)?$)/.test(path))
  expect(strays).toEqual([])
})
