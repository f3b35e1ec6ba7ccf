// Builds the page once and serves it, told where its provider and its API are.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { publicNames } from '../../../vite.config.js'
import { listen } from '../http.js'

/** The files of the page, by path. */
export async function buildPage(): Promise<ReadonlyMap<string, string>> {
  const outDir = mkdtempSync(join(tmpdir(), 'react-step-up-page-'))
  try {
    const result = await build({
      configFile: false,
      logLevel: 'warn',
      root: fileURLToPath(new URL('.', import.meta.url)),
      plugins: [react()],
      resolve: { alias: publicNames },
      build: { outDir, emptyOutDir: true },
    })
    if (!('output' in result)) throw new Error('One build has one output.')
    const files = result.output.map(({ fileName }) => fileName)
    return new Map(files.map((name) => [`/${name}`, readFileSync(join(outDir, name), 'utf8')]))
  } finally {
    rmSync(outDir, { recursive: true })
  }
}

/** @param told what replaces `%NAME%` in index.html; asked for at each load */
export const servePage = (
  files: ReadonlyMap<string, string>,
  told: () => Readonly<Record<string, string>>,
) =>
  listen(async (_req, { pathname }) => {
    const file = files.get(pathname)
    if (file !== undefined && pathname !== '/index.html') {
      const type = pathname.endsWith('.css') ? 'text/css' : 'text/javascript'
      return new Response(file, { headers: { 'Content-Type': type } })
    }
    const html = Object.entries(told()).reduce(
      (text, [name, value]) => text.replace(`%${name}%`, value),
      files.get('/index.html') ?? '',
    )
    return new Response(html, { headers: { 'Content-Type': 'text/html' } })
  })
