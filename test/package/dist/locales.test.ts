import { basename } from 'node:path'
import { build } from 'esbuild'
import type { Messages } from 'react-step-up/dialogs'
import { describe, expect, test } from 'vitest'
import { root } from '../../ensure.mjs'
import { textsOf } from '../../dialogs/texts.js'
import { compileReadme } from '../readme-code.ts'
import { entryNames, read } from './build.ts'

const folder = 'dialogs/messages/'
const names = entryNames.filter((name) => name.startsWith(folder)).map((name) => basename(name))

const all = await Promise.all(
  names.map(async (name) => {
    const built = (await import(`${root}dist/${folder}${name}.js`)) as Record<string, Messages>
    const [messages] = Object.values(built)
    if (!messages) throw new Error(`${name} exports nothing.`)
    return { name, messages }
  }),
)
const english = all.find(({ name }) => name === 'en')!.messages
const inEnglish = new Set(textsOf(english).values())

/** Texts that no other language has, as they stand in a file: not made of parts, and not escaped. */
const marks = new Map(
  all.map(({ name, messages }) => {
    const texts = [...textsOf(messages)]
      .filter(([path, text]) => !path.includes('(') && text.length > 12)
      .map(([, text]) => text)
      .filter((text) => !/['"\u00a0\u202f\u2068]/.test(text))
    return [name, name === 'en' ? texts : texts.filter((text) => !inEnglish.has(text))]
  }),
)

/** What an app gets that writes `code`: everything, also what is loaded later. */
async function bundleOf(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    splitting: true,
    external: ['react', 'react-dom', '@simplewebauthn/browser'],
    write: false,
    outdir: root,
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('\n')
}

/** The languages that any text of is in `bundle`. */
const languagesIn = (bundle: string) =>
  names.filter((name) => marks.get(name)?.some((text) => bundle.includes(text)))

/** How much of a language is there: `1` is all of it. */
const shareOf = (name: string, bundle: string) => {
  const texts = marks.get(name) ?? []
  return texts.filter((text) => bundle.includes(text)).length / texts.length
}

test('there are six languages, and each can be told from the others', () => {
  expect(names.sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja'])
  for (const { name, messages } of all) {
    expect(messages.locale).toBe(name)
    expect(marks.get(name)!.length, name).toBeGreaterThan(50)
  }
})

test('the dialogs bring English and no other', async () => {
  const bundle = await bundleOf(`export * from './dist/dialogs/index.js'`)
  expect(languagesIn(bundle)).toEqual(['en'])
  expect(shareOf('en', bundle)).toBe(1)
})

test('the rest of the library brings none', async () => {
  const rest = entryNames.filter((name) => /^(index|adapters\/(session|token))$/.test(name))
  expect(rest).toHaveLength(3)
  const code = rest.map((name, index) => `export * as x${index} from './dist/${name}.js'`)
  const bundle = await bundleOf(code.join('\n'))
  // An error for developers may be told in the words of a dialog, but not in French.
  expect(languagesIn(bundle).filter((name) => name !== 'en')).toEqual([])
  expect(shareOf('en', bundle)).toBeLessThan(0.05)
})

test.each(names)('importing "%s" brings that one alone', async (name) => {
  const bundle = await bundleOf(`export * from './dist/${folder}${name}.js'`)
  expect(languagesIn(bundle)).toEqual([name])
  expect(shareOf(name, bundle)).toBe(1)
  // Not a line of code beside it: no React, no dialog.
  expect(bundle).not.toMatch(/\bimport\b/)
})

describe('a copy is the template for another language', () => {
  /** The edit that docs/messages.md tells of. */
  const copyOf = (name: string) =>
    read(`dist/${folder}${name}.js`)
      .replace(/^"use client";\n/, '')
      .replace(/^var (\w+) = \{$/m, 'export const $1 = {')
      .replace(/^\};\nexport \{ \w+ \};$/m, '} satisfies Messages')
  const compile = (code: string) =>
    compileReadme(
      `\`\`\`ts\nimport type { Messages } from 'react-step-up/dialogs'\n${code}\n\`\`\`\n`,
    )

  test('that compiles as it is', () => {
    const copy = copyOf('es')
    expect(copy).toMatch(/^export const spanish = \{$/m)
    expect(copy).toMatch(/^\} satisfies Messages$/m)
    expect(compile(copy)).toEqual([])
  })

  test.each([
    ['a text', /^\taskTitle: .*\n/m, 'askTitle'],
    ['a text of an error', /^\t\twindow_closed: \{[\s\S]*?\n\t\t\}\n/m, 'window_closed'],
    ['a channel', /^\t\tsms: .*\n/m, 'sms'],
  ])('and that does not, without %s', (_, lines, key) => {
    const copy = copyOf('es')
    expect(copy).toMatch(lines)
    expect(compile(copy.replace(lines, '')).join('\n')).toContain(`'${key}'`)
  })
})
