// `npm test`: every check there is, in order of how soon it tells, with one line of numbers at the end.
// `npm test -- unit e2e` runs those stages only; `--all`, as `npm run test:release` has it, adds what is left
// out in Firefox otherwise.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers, ensureDependencies, root, SetupError } from './ensure.mjs'

const results = mkdtempSync(join(tmpdir(), 'react-step-up-test-'))
const env = { ...process.env }
// Tests are development, whatever the shell says.
delete env.NODE_ENV

/** Milliseconds that turn a hang into a failure; what `--all` adds takes its time. */
const timeout = (process.argv.includes('--all') ? 60 : 20) * 60_000

/** A tool from node_modules by the path of its script, which works on every platform. */
function tool(script, args, more = {}) {
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], timeout }
  const path = join(root, 'node_modules', script)
  const child = spawn(process.execPath, [path, ...args], { ...options, env: { ...env, ...more } })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0))
  })
}

/** Commands without tests to count: each is one check, and all of them are run, side by side. */
const checks = (commands) => async () => {
  const results = await Promise.all(commands.map(([script, ...args]) => tool(script, args)))
  const passed = results.filter(Boolean).length
  return { passed, failed: commands.length - passed }
}

/** The same one after the other: each needs what the one before has left. */
const steps = (commands) => async () => {
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

const playwright = (folder) => async () => {
  const file = join(results, `${folder}.json`)
  const args = ['test', '--config', `test/${folder}/playwright.config.ts`, '--forbid-only']
  const ok = await tool('@playwright/test/cli.js', [...args, '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  if (!ok) showPages(join(root, 'test-results'))
  const report = readReport(file)
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {}
  const counts = judge(ok, expected, unexpected + flaky)
  return { note: (report?.suites ?? []).length > 0 ? perBrowser(report) : '', ...counts }
}

/** What was on the screen where a test failed: a log is all that is left of a run elsewhere. */
function showPages(folder) {
  if (!existsSync(folder)) return
  for (const path of readdirSync(folder, { recursive: true })) {
    if (!path.endsWith('error-context.md')) continue
    const [page = ''] = /^```yaml$[^]*?^```$/m.exec(readFileSync(join(folder, path), 'utf8')) ?? []
    console.log(`\n${path}\n${page}`)
  }
}

/** What each browser had of it. */
function perBrowser({ suites }) {
  const specs = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specs)]
  const sums = {}
  for (const { projectName, status, results } of suites.flatMap(specs).flatMap((s) => s.tests)) {
    const sum = (sums[projectName] ??= { passed: 0, seconds: 0 })
    sum.passed += status === 'expected' ? 1 : 0
    sum.seconds += results.reduce((total, { duration }) => total + duration / 1000, 0)
  }
  const told = Object.entries(sums).map(
    ([name, { passed, seconds }]) => `${name} ${passed} in ${seconds.toFixed(0)} s`,
  )
  return told.join(', ')
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
      ['typescript/bin/tsc', '-p', 'test/types/query-oldest/tsconfig.json'],
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
  { name: 'browser', run: vitest('browser'), browsers: ['chromium'] },
  { name: 'query-oldest', run: vitest('query-oldest'), browsers: ['chromium'] },
  { name: 'storybook', run: vitest('storybook'), browsers: ['chromium'], skip: noStories },
  {
    name: 'build',
    run: steps([
      ['vite/bin/vite.js', 'build'],
      ['typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    ]),
  },
  { name: 'package', run: vitest('package'), after: 'build', browsers: ['chromium'] },
  { name: 'routers', run: playwright('routers'), browsers: ['chromium'] },
  { name: 'e2e', run: playwright('e2e'), browsers: ['chromium', 'firefox'] },
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
  await ensureBrowsers([...new Set(chosen.flatMap(({ browsers = [] }) => browsers))])
  for (const stage of chosen) await runStage(stage)
}

try {
  const args = process.argv.slice(2)
  if (args.includes('--all')) env.ALL = '1'
  await main(args.filter((arg) => arg !== '--all'))
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
