// `npm test`: every check there is, in order of how soon it tells, with one line of numbers at the end.
// `npm test -- unit e2e` runs those stages only.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser, ensureDependencies, root, SetupError } from './ensure.mjs'

const results = mkdtempSync(join(tmpdir(), 'react-step-up-test-'))
const env = { ...process.env }
// Tests are development, whatever the shell says.
delete env.NODE_ENV

/** A tool from node_modules by the path of its script, which works on every platform. */
function tool(script, args, more = {}) {
  // The time limit turns a hang into a failure.
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], timeout: 20 * 60_000 }
  const path = join(root, 'node_modules', script)
  const child = spawn(process.execPath, [path, ...args], { ...options, env: { ...env, ...more } })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0))
  })
}

/** Commands without tests to count: each is one check, and all of them are run. */
const checks = (commands) => async () => {
  let passed = 0
  for (const [script, ...args] of commands) if (await tool(script, args)) passed += 1
  return { passed, failed: commands.length - passed }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null // it ended before it could write one: a failure, and counted below
  }
}

/** A stage that fails without a failed test, or has no tests at all, is one failure. */
const judge = (ok, passed, failed) => ({
  passed,
  failed: failed === 0 && (!ok || passed === 0) ? 1 : failed,
  ...(ok && passed === 0 && { note: 'ran no tests' }),
})

const vitest = (project) => async () => {
  const file = join(results, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const args = ['run', '--project', project, '--allowOnly=false', ...reporters]
  const ok = await tool('vitest/vitest.mjs', args)
  const report = readReport(file)
  // A file that could not be loaded has no tests that could fail.
  const broken = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  return judge(ok, report?.numPassedTests ?? 0, (report?.numFailedTests ?? 0) + broken)
}

async function playwright() {
  const file = join(results, 'e2e.json')
  const args = ['test', '--config', 'test/e2e/playwright.config.ts', '--forbid-only']
  const ok = await tool('@playwright/test/cli.js', [...args, '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  const stats = readReport(file)?.stats
  return judge(ok, stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0))
}

const stories = join(root, 'stories')
const noStories =
  !existsSync(stories) || !readdirSync(stories).some((name) => name.includes('.stories.'))

const stages = [
  {
    name: 'types',
    run: checks([
      ['typescript/bin/tsc', '-p', 'tsconfig.json'],
      ['typescript/bin/tsc', '-p', 'test/types/tsconfig.json'],
    ]),
  },
  {
    name: 'lint',
    run: checks([
      ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
      ['prettier/bin/prettier.cjs', '--check', '.'],
    ]),
  },
  { name: 'unit', run: vitest('unit') },
  { name: 'framework-free', run: vitest('framework-free') },
  { name: 'browser', run: vitest('browser'), browser: true },
  { name: 'storybook', run: vitest('storybook'), browser: true, skip: noStories },
  {
    name: 'build',
    run: checks([
      ['vite/bin/vite.js', 'build'],
      ['typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    ]),
  },
  { name: 'package', run: vitest('package'), after: 'build' },
  { name: 'e2e', run: playwright, browser: true },
]

const rows = []

async function runStage({ name, run, after, skip }) {
  if (skip) return
  console.log(`\n──── ${name} ${'─'.repeat(60 - name.length)}\n`)
  const started = performance.now()
  const blocked = rows.some((row) => row.name === after && row.failed > 0)
  const counts = blocked ? { passed: 0, failed: 1, note: `not run: ${after} failed` } : await run()
  rows.push({ name, seconds: (performance.now() - started) / 1000, ...counts })
}

async function main(names) {
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown) {
    const known = stages.map(({ name }) => name).join(', ')
    throw new SetupError(`There is no stage "${unknown}". The stages are ${known}.`)
  }
  await ensureDependencies()
  const chosen = stages.filter(({ name }) => names.length === 0 || names.includes(name))
  // Said once here, it need not be looked for again by each tool.
  if (chosen.some(({ browser }) => browser)) env.CHROME_PATH = await ensureBrowser()
  for (const stage of chosen) await runStage(stage)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error)
  rows.push({ name: 'set-up', passed: 0, failed: 1, seconds: 0 })
} finally {
  rmSync(results, { recursive: true, force: true })
}

console.log('')
for (const { name, passed, failed, seconds, note = '' } of rows) {
  const sign = failed > 0 ? '✗' : '✓'
  const numbers = `${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed`
  console.log(`${sign} ${name.padEnd(15)}${numbers} ${seconds.toFixed(0).padStart(4)} s  ${note}`)
}
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0)
process.exitCode = total('failed') > 0 ? 1 : 0
// The last line, for people and for whatever reads logs.
console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
