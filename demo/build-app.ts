import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig } from 'vite'
import { publicNames } from '../vite.config.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** How the console knows who is signed in: by tokens of a provider or of a vendor, or by a session of its own. */
export type Way =
  | {
      readonly auth: 'oidc' | 'workos' | 'supertokens' | 'descope'
      readonly issuer: string
      readonly api: string
    }
  | { readonly auth: 'session' }

/** The stand-in's, as long as a real one. */
export const DESCOPE_PROJECT = 'P2acmeacmeacmeacmeacmeacmeac'

/** The console is one app. Which auth system it has is decided here, and the others are left out. */
export function appConfig(way: Way): InlineConfig {
  const auth = path(`app/${way.auth}/auth.tsx`)
  const pages = way.auth === 'oidc' ? ['index.html', 'silent.html'] : ['index.html']
  return {
    root: path('app'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { alias: [...publicNames, { find: /^\.\/auth\.js$/, replacement: auth }] },
    build: {
      emptyOutDir: true,
      // An auth SDK can be more than all the rest.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { input: pages.map((page) => path(`app/${page}`)) },
    },
    define: {
      ISSUER: JSON.stringify('issuer' in way ? way.issuer : ''),
      PROJECT: JSON.stringify(DESCOPE_PROJECT),
      API: JSON.stringify('api' in way ? way.api : '/api'),
    },
  }
}

/** Builds the console, and tells where it is. */
export async function buildApp(way: Way, port: number): Promise<string> {
  // Ports are built in, so each has a build of its own.
  const outDir = path(`app/dist/${port}/`)
  const config = appConfig(way)
  await build({ ...config, build: { ...config.build, outDir } })
  return outDir
}
