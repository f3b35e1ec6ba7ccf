import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root } from '../ensure.mjs'
import { codeBlocks, compileReadme } from './readme-code.ts'

describe('README.md', () => {
  const markdown = readFileSync(`${root}README.md`, 'utf8')

  test('has code to check', () => {
    expect(codeBlocks(markdown).length).toBeGreaterThan(0)
  })
  test('every code block compiles against the public names', () => {
    expect(compileReadme(markdown)).toEqual([])
  })
  test.each(['http', 'windows', 'policies', 'query'])(
    'and so does docs/%s.md, which goes on from it',
    (name) => {
      const more = readFileSync(`${root}docs/${name}.md`, 'utf8')
      expect(codeBlocks(more).length).toBeGreaterThan(0)
      expect(compileReadme(`${markdown}\n${more}`)).toEqual([])
    },
  )
  const pages = ['session', 'workos', 'supertokens', 'descope', 'auth-time']
  test.each(pages)('and so does docs/%s.md, on its own', (name) => {
    const alone = readFileSync(`${root}docs/${name}.md`, 'utf8')
    expect(codeBlocks(alone).length).toBeGreaterThan(0)
    expect(compileReadme(alone)).toEqual([])
  })
  test('docs/descope.md shows the flow that is tried in test/e2e/descope-flow', () => {
    const blocks = codeBlocks(readFileSync(`${root}docs/descope.md`, 'utf8'))
    const shown = blocks.find(({ name }) => name === 'src/flow-step-up.tsx')?.code
    const tried = readFileSync(`${root}test/e2e/descope-flow/flow-step-up.tsx`, 'utf8')
    expect(shown).toBe(`// src/flow-step-up.tsx\n${tried}`)
  })
})

const fence = '```'

describe('the check itself', () => {
  test('finds a wrong type, a wrong import and a syntax error, on their lines', () => {
    const markdown = [
      'Text',
      `${fence}ts`,
      "const wrong: number = ''",
      fence,
      `${fence}tsx`,
      "import { noSuchThing } from 'react-step-up'",
      'export const element = <p>{noSuchThing}</p>',
      fence,
      `${fence}ts`,
      'const = 1',
      fence,
    ].join('\n')
    expect(compileReadme(markdown)).toEqual([
      expect.stringMatching(/^README\.md:3 Type 'string' is not assignable/),
      expect.stringMatching(/^README\.md:6 .*noSuchThing/),
      expect.stringMatching(/^README\.md:10 /),
    ])
  })

  test('lets blocks import each other by the path in their first line, and use what is declared', () => {
    const markdown = [
      '<!-- declare',
      'declare const api: { remove(id: string): Promise<void> }',
      '-->',
      `${fence}ts`,
      '// src/step-up.ts',
      "import 'react-step-up/dialogs/styles.css'",
      'export const remove = (id: string) => api.remove(id)',
      fence,
      `${fence}tsx`,
      '// src/page.tsx',
      "import { remove } from './step-up'",
      "export const Page = () => <button onClick={() => void remove('1')}>Delete</button>",
      fence,
      `${fence}diff`,
      '+ this need not compile',
      fence,
    ].join('\n')
    expect(codeBlocks(markdown).map(({ name }) => name)).toEqual(['src/step-up.ts', 'src/page.tsx'])
    expect(compileReadme(markdown)).toEqual([])
  })
})
