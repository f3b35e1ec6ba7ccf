// The pages of the Storybook are documentation like the README: what they show compiles.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root } from '../ensure.mjs'
import { codeBlocks, compileReadme } from './readme-code.ts'

const folder = `${root}stories/docs`
/** MDX has no HTML comments: there, what a reader has already is a text that is not shown. */
const asMarkdown = (mdx: string) =>
  mdx.replace(/^export const given = `\n([\s\S]*?)`$/gm, '<!-- declare\n$1-->')

const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.mdx'))
  .map((name) => [name, asMarkdown(readFileSync(`${folder}/${name}`, 'utf8'))] as const)

describe('the pages of the Storybook', () => {
  test('show code', () => {
    expect(pages.flatMap(([, text]) => codeBlocks(text)).length).toBeGreaterThan(10)
  })
  test.each(pages)('every code block of %s compiles against the public names', (_, text) => {
    expect(compileReadme(text)).toEqual([])
  })
  test('a page with a wrong name would fail', () => {
    const text =
      'export const given = `\ndeclare const a: number\n`\n```ts\nconst b: string = a\n```\n'
    expect(compileReadme(asMarkdown(text))).toEqual([expect.stringMatching(/not assignable/)])
  })
  test('no page has a table in Markdown, which MDX does not know', () => {
    for (const [name, text] of pages) expect(text, name).not.toMatch(/^\|/m)
  })
  test('no page names another that is not there', () => {
    const titles = pages.map(([, text]) => /title="Docs\/([^"]+)"/.exec(text)?.[1])
    const known = [...titles, 'Playground', 'Design system', 'Accessibility']
    for (const [name, text] of pages) {
      for (const [, title] of text.matchAll(/\*\*([A-Z][\w ]+)\*\*/g)) {
        expect(known, name).toContain(title)
      }
    }
  })
})
