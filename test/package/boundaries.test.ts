import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'
import { root } from '../ensure.mjs'

// The files linted here do not exist, so rules that ask the type checker are off.
const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] })

async function rulesBroken(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return result!.messages
    .map(({ ruleId }) => ruleId)
    .filter((rule) => rule === 'local/import-directions' || rule === 'no-restricted-globals')
}

const direction = ['local/import-directions']

const forbidden: [file: string, code: string][] = [
  // core ← react ← dialogs, and nothing the other way
  ['src/core/a.ts', "export * from '../react/use-freshness.js'"],
  ['src/core/a.ts', "import type { Props } from '../dialogs/dialog.js'"],
  ['src/core/a.ts', "import '../browser.js'"],
  ['src/core/a.ts', "import '../index.js'"],
  ['src/core/a.ts', "import '..'"],
  ['src/core/a.ts', "import '../adapters/token.js'"],
  ['src/core/a.ts', "import '../server/guard.js'"],
  ['src/core/a.ts', "import '../../src/react/use-freshness.js'"],
  ['src/core/a.ts', "import '../../demo/policies.js'"],
  ['src/core/a.ts', "import 'react'"],
  ['src/core/a.ts', "import type { ReactNode } from 'react'"],
  ['src/core/a.ts', "export type A = import('react').ReactNode"],
  ['src/core/a.ts', "export const a = import('react')"],
  ['src/core/a.ts', 'export const a = (name: string) => import(name)'],
  ['src/core/a.ts', "import 'node:crypto'"],
  ['src/core/a.ts', "import 'react-step-up'"],
  ['src/react/a.tsx', "import '../dialogs/dialog.js'"],
  ['src/react/a.tsx', "import '../query/index.js'"],
  ['src/react/a.tsx', "import '../browser.js'"],
  ['src/react/a.tsx', "import '@tanstack/react-query'"],
  ['src/dialogs/a.tsx', "import '../query/index.js'"],
  ['src/dialogs/a.tsx', "import '../index.js'"],
  ['src/query/a.ts', "import '../dialogs/dialog.js'"],
  ['src/browser.ts', "import './react/step-up-provider.js'"],
  ['src/index.ts', "export * from './dialogs/index.js'"],
  ['src/index.ts', "export * from './adapters/token.js'"],
  // jose is decoded with in one place, and only adapters, tests and the server pay for it
  ['src/core/a.ts', "import { decodeJwt } from 'jose'"],
  ['src/core/a.ts', "import './token.js'"],
  ['src/core/a.ts', "import './token'"],
  ['src/react/a.ts', "import '../core/token.js'"],
  ['src/dialogs/a.ts', "import '../core/token.js'"],
  ['src/index.ts', "export * from './core/token.js'"],
  ['src/adapters/a.ts', "import 'jose'"],
  // core ← adapters, each alone, its SDK as types only
  ['src/adapters/a.ts', "import './token.js'"],
  ['src/adapters/a.ts', "import './verification-methods.js'"],
  ['src/adapters/verification.ts', "import './session.js'"],
  ['src/adapters/supertokens.ts', "import './session.js'"],
  ['src/adapters/supertokens.ts', "import Session from 'supertokens-web-js/recipe/session'"],
  ['src/adapters/a.ts', "import './workos-trip.js'"],
  ['src/adapters/a.ts', "import './descope-time.js'"],
  ['src/adapters/descope.ts', "import createSdk from '@descope/web-js-sdk'"],
  ['src/adapters/workos.ts', "import { createClient } from '@workos-inc/authkit-js'"],
  ['src/adapters/session.ts', "import './token.js'"],
  ['src/adapters/verification-methods.ts', "import '@simplewebauthn/browser'"],
  ['src/adapters/a.ts', "import '../react/use-freshness.js'"],
  ['src/adapters/a.ts', "import '../server/index.js'"],
  ['src/adapters/a.ts', "import { UserManager } from 'oidc-client-ts'"],
  ['src/adapters/a.ts', "import { type UserManager } from 'oidc-client-ts'"],
  ['src/adapters/a.ts', "import 'oidc-client-ts'"],
  ['src/adapters/a.ts', "import type { StepUpClient } from 'react-step-up'"],
  // the server shares the rule with the client, and nothing that runs in a page
  ['src/server/a.ts', "import '../core/client.js'"],
  ['src/server/a.ts', "import '../core/machine.js'"],
  ['src/server/a.ts', "import '../react/use-freshness.js'"],
  ['src/server/a.ts', "import './express.js'"],
  ['src/server/a.ts', "import type { Request } from 'express'"],
  ['src/server/a.ts', "import './passkey.js'"],
  ['src/server/a.ts', "import './descope.js'"],
  ['src/server/a.ts', "import '@simplewebauthn/server'"],
  ['src/server/a.ts', "import './supertokens-guard.js'"],
  ['src/server/supertokens.ts', "import supertokens from 'supertokens-node'"],
  ['src/server/supertokens.ts', "import '../adapters/supertokens.js'"],
  ['src/server/express.ts', "import express from 'express'"],
  ['src/server/express.ts', "import '../core/client.js'"],
  ['src/testing/a.ts', "import '../dialogs/dialog.js'"],
  ['src/testing/a.ts', "import 'vitest'"],
  ['src/testing/a.ts', "import type { Mock } from 'vitest'"],
  ['src/testing/a.ts', "import 'node:test'"],
  ['src/testing/a.ts', "import './msw.js'"],
  ['src/testing/msw.ts', "import { http } from 'msw'"],
  ['src/testing/playwright.ts', "import { expect } from '@playwright/test'"],
  ['src/undecided/a.ts', "import '../core/errors.js'"],
  // everybody else is a user of the library
  ['demo/app/a.tsx', "import '../../src/index.js'"],
  ['demo/api/a.ts', "import '../../src/core/errors.js'"],
  ['stories/a.stories.tsx', "import '../src/dialogs/index.js'"],
  ['bench/a.ts', "import '../src/index.js'"],
  ['test/core/a.test.ts', "import 'react-step-up/src/core/errors.js'"],
  ['demo/app/a.tsx', "import 'react-step-up/dist/index.js'"],
]

test.each(forbidden)('%s may not say %s', async (file, code) => {
  expect(await rulesBroken(file, code)).toEqual(direction)
})

const allowed: [file: string, code: string][] = [
  ['src/core/a.ts', "export * from './errors.js'"],
  ['src/core/token.ts', "import { decodeJwt } from 'jose'"],
  [
    'src/react/a.ts',
    "import { useState } from 'react'; import '../core/client.js'; import './b.js'",
  ],
  ['src/dialogs/a.ts', "import '../react/use-step-up.js'; import '../core/errors.js'"],
  ['src/dialogs/a.ts', "export const load = () => import('./dialog.js')"],
  ['src/query/a.ts', "import '../react/use-step-up.js'; import '@tanstack/react-query'"],
  ['src/adapters/a.ts', "import type { User } from 'oidc-client-ts'; import '../core/token.js'"],
  ['src/server/a.ts', "import '../core/freshness.js'; import 'jose'; import './b.js'"],
  ['src/server/express.ts', "import type { Request } from 'express'; import './index.js'"],
  ['src/server/descope.ts', "import 'jose'; import './options.js'"],
  ['src/server/passkey.ts', "import '@simplewebauthn/server'; import './verification-options.js'"],
  ['src/adapters/session.ts', "export const load = () => import('./verification-methods.js')"],
  ['src/adapters/supertokens.ts', "import './supertokens-claims.js'; import './verification.js'"],
  ['src/server/supertokens-guard.ts', "import '../adapters/supertokens-claims.js'"],
  ['src/server/supertokens.ts', "import type { User } from 'supertokens-node'"],
  ['src/testing/a.ts', "import '../core/token.js'; import '../react/step-up-provider.js'"],
  ['src/testing/msw.ts', "import type { http } from 'msw'; import '../server/guard.js'"],
  ['src/testing/playwright.ts', "import type { Page } from '@playwright/test'"],
  ['src/index.ts', "export * from './core/client.js'; export * from './react/use-step-up.js'"],
  ['src/browser.ts', "import type { Clock } from './core/clock.js'"],
  ['demo/app/a.tsx', "import 'react-step-up'; import '../policies.ts'"],
  ['stories/a.stories.tsx', "import 'react-step-up/dialogs/styles.css'"],
  ['test/core/a.test.ts', "import '../../src/core/queue.js'"],
]

test.each(allowed)('%s may say %s', async (file, code) => {
  expect(await rulesBroken(file, code)).toEqual([])
})

test.each([
  'Date.now()',
  'new Date()',
  'performance.now()',
  'setTimeout(() => 0, 1)',
  'clearInterval(1)',
  'window.open()',
  'globalThis.location',
  'document.cookie',
  'location.assign("/")',
  'history.back()',
  'navigator.locks',
  'sessionStorage.clear()',
  'localStorage.clear()',
  'new BroadcastChannel("a")',
  'fetch("/")',
])('core may not say %s: it is passed in', async (code) => {
  expect(await rulesBroken('src/core/a.ts', code)).toEqual(['no-restricted-globals'])
  expect(await rulesBroken('src/browser.ts', code)).toEqual([])
})

test('no comment in src can switch a rule off', async () => {
  const code = "/* eslint-disable */\nimport 'react'"
  expect(await rulesBroken('src/core/a.ts', code)).toEqual(direction)
})
