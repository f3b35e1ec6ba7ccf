// `npm run test:next`: packs the library as npm would publish it, installs it into this Next app,
// builds the app and tries it in a browser. The app's packages are fetched on demand.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers, ensureDependencies, root, runAsCommand, SetupError } from '../ensure.mjs'

const here = join(root, 'test/next')
const port = Number(process.env.PORT ?? 4430)

function run(command, args, cwd, more = {}) {
  const shell = process.platform === 'win32'
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...more }
  const { status } = spawnSync(command, args, { cwd, env, shell, stdio: 'inherit' })
  if (status !== 0) throw new SetupError(`\`${command} ${args.join(' ')}\` failed in ${cwd}.`)
}

await runAsCommand(async () => {
  await ensureDependencies()
  await ensureBrowsers(['chromium'])
  const packed = mkdtempSync(join(tmpdir(), 'react-step-up-next-'))
  try {
    run('npm', ['run', 'build'], root)
    run('npm', ['pack', '--pack-destination', packed], root)
    const [tarball] = readdirSync(packed)
    if (!existsSync(join(here, 'node_modules/next'))) {
      run('npm', ['ci', '--no-audit', '--no-fund'], here)
    }
    const install = ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund']
    run('npm', [...install, join(packed, tarball)], here)
  } finally {
    rmSync(packed, { recursive: true, force: true })
  }
  cpSync(join(root, 'test/routers/shared'), join(here, 'shared'), { recursive: true })
  run('node', ['node_modules/next/dist/bin/next', 'build'], here, {
    NODE_ENV: 'production',
    NEXT_PUBLIC_PROVIDER: `http://localhost:${port}`,
  })
  const playwright = ['node_modules/@playwright/test/cli.js', 'test']
  run('node', [...playwright, '--config', 'test/next/playwright.config.ts'], root)
})
