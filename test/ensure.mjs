// What a fresh clone lacks, put in place before a command needs it. No dependencies: when this
// file runs there may be none. Run by itself it sees to everything, or, with the argument
// `dependencies`, to those alone; `npm run demo` and the test configurations import their part.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** A failure that its message explains: printed without a stack. */
export class SetupError extends Error {}

/** Told on stderr: stdout belongs to the command that asked. */
const say = (text) => process.stderr.write(`[setup] ${text}\n`)

export function ensureNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupError(
    `This repository needs Node 20.19 or newer; this is ${version}. Install one from https://nodejs.org, or with \`nvm install 22\`, and run the command again.`,
  )
}

const readPackages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages

/** Why node_modules is not what package-lock.json says, or null. npm keeps its own record inside. */
function dependenciesDiffer() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return 'there is no node_modules'
  const wanted = readPackages('package-lock.json')
  const found = readPackages('node_modules/.package-lock.json')
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue
    // Optional packages for another platform are not there, rightly.
    if (!found[path] && optional) continue
    if (found[path]?.version !== version || !existsSync(join(root, path))) {
      return `${path} is not the ${version} of package-lock.json`
    }
  }
  const extra = Object.keys(found).find((path) => !wanted[path])
  return extra ? `${extra} is not in package-lock.json` : null
}

/** Installs exactly what package-lock.json says, where node_modules is missing or differs. */
export async function ensureDependencies() {
  ensureNode()
  const reason = dependenciesDiffer()
  if (!reason) return
  say(`installing dependencies with \`npm ci\`: ${reason}`)
  // `--include=dev`: with NODE_ENV=production npm would leave out the tools.
  // `--loglevel`: under `npm --silent` it would fail without a word.
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--loglevel=warn'])
  if (code === 0) return
  throw new SetupError(
    `\`npm ci\` ended with code ${code}; its own words are above. Check the connection to the npm registry (\`npm ping\`), then run the command again.`,
  )
}

/** How every test starts Chromium: as root, without a screen, and without calls home. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

/** The path of a Chromium that is on this machine, or undefined. Installs nothing. */
export async function findBrowser() {
  const chosen = process.env.CHROME_PATH
  if (chosen) {
    if (existsSync(chosen)) return chosen
    throw new SetupError(
      `CHROME_PATH is ${chosen}, and there is no such file. Set it to a Chromium or Chrome, or unset it to have one looked for.`,
    )
  }
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const path = onPath(name)
    if (path && starts(path)) return path
  }
  // Playwright's own: absent as a package until the dependencies are there.
  const { chromium } = await import('playwright').catch(() => ({}))
  const path = chromium?.executablePath()
  return path && existsSync(path) ? path : undefined
}

/** The path of a Chromium, installed where there is none. */
export async function ensureBrowser() {
  const found = await findBrowser()
  if (found) return found
  if (process.getuid?.() === 0 && isDebian()) {
    say('no Chromium found: installing the chromium package with apt-get')
    const options = ['-o', 'DPkg::Lock::Timeout=120']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', [...options, 'update'], env)
    await run('apt-get', [...options, 'install', '-y', '--no-install-recommends', 'chromium'], env)
    const installed = await findBrowser()
    if (installed) return installed
  }
  say('no Chromium found: downloading one with `npx playwright install chromium`')
  await run('npx', ['--no-install', 'playwright', 'install', 'chromium'])
  const installed = await findBrowser()
  if (installed) return installed
  throw new SetupError(
    'No Chromium was found and none could be installed; the reasons are above. Install Chromium or Chrome yourself, set CHROME_PATH to its executable, and run the command again.',
  )
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** On Ubuntu, `chromium-browser` can be a stub that only asks for a snap. */
function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** Runs a program with its output shown (as ours, on stderr) and resolves to its exit code. */
function run(command, args, env = process.env) {
  // Windows finds npm and npx only by way of a shell. No argument here comes from outside.
  const shell = process.platform === 'win32'
  const child = spawn(command, args, { cwd: root, env, shell, stdio: ['ignore', 2, 2] })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(error.message)
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Runs `main`; a SetupError is told in its one sentence, everything else with its stack. */
export async function runAsCommand(main) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error)
    process.exitCode = 1
  }
}

// `realpathSync`: import.meta.url has symbolic links resolved, argv has not.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runAsCommand(async () => {
    await ensureDependencies()
    if (process.argv[2] !== 'dependencies') say(`Chromium is at ${await ensureBrowser()}`)
  })
}
