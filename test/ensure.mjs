// What a fresh clone lacks, put in place before a command needs it. No dependencies: when this
// file runs there may be none. Run by itself it sees to everything, or to what its arguments name:
// `dependencies` (always), `chromium`, `firefox`. `npm run demo` and the tests import their part.
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

/** Where each browser may be: in a variable, on PATH under one of these names, in a Debian package. */
const browsers = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    debian: ['chromium', 'chromium-headless-shell'],
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    debian: ['firefox-esr'],
  },
}
const titles = (names) => names.map((name) => browsers[name].title).join(' and ')

/** The path of a browser that is on this machine, or undefined. Installs nothing. */
export async function findBrowser(name = 'chromium') {
  const { title, variable, names } = browsers[name]
  const chosen = process.env[variable]
  if (chosen) {
    if (existsSync(chosen)) return chosen
    throw new SetupError(
      `${variable} is ${chosen}, and there is no such file. Set it to the executable of ${title}, or unset it to have one looked for.`,
    )
  }
  for (const path of names.map(onPath)) if (path && starts(path)) return path
  // Playwright's own: absent as a package until the dependencies are there.
  const playwright = await import('playwright').catch(() => ({}))
  const path = playwright[name]?.executablePath()
  return path && existsSync(path) ? path : undefined
}

/** Chromium's engine without its window, which takes a third less work; else Chromium itself. */
export async function findHeadlessChromium() {
  const shell = process.env.CHROME_PATH ? undefined : onPath('chromium-headless-shell')
  return shell && starts(shell) ? shell : findBrowser()
}

/** The paths of browsers, by name; what is not there is installed. */
export async function ensureBrowsers(names) {
  const found = {}
  const look = async () => {
    for (const name of names) found[name] ??= await findBrowser(name)
    return names.filter((name) => !found[name])
  }
  let missing = await look()
  if (missing.length > 0 && process.getuid?.() === 0 && isDebian()) {
    const packages = missing.flatMap((name) => browsers[name].debian)
    say(`no ${titles(missing)} found: installing with \`apt-get install ${packages.join(' ')}\``)
    const options = ['-o', 'DPkg::Lock::Timeout=120']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', [...options, 'update'], env)
    await run('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...packages], env)
    missing = await look()
  }
  for (const name of missing) {
    say(`no ${titles([name])} found: downloading one with \`npx playwright install ${name}\``)
    await run('npx', ['--no-install', 'playwright', 'install', name])
  }
  missing = await look()
  if (missing.length === 0) return found
  const variables = missing.map((name) => browsers[name].variable)
  throw new SetupError(
    `No ${titles(missing)} was found and none could be installed; the reasons are above. Install it yourself, set ${variables.join(' and ')} to its executable, and run the command again.`,
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
    const asked = process.argv.slice(2)
    const names = Object.keys(browsers)
    const unknown = asked.find((name) => name !== 'dependencies' && !names.includes(name))
    if (unknown) {
      throw new SetupError(`"${unknown}" is none of dependencies, ${names.join(', ')}.`)
    }
    const wanted = names.filter((name) => asked.length === 0 || asked.includes(name))
    for (const [name, path] of Object.entries(await ensureBrowsers(wanted))) {
      say(`${titles([name])} is at ${path}`)
    }
  })
}
