import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../ensure.mjs'

const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')

/** The lines between `test('…', …` and its end. */
function bodyOf(source: string, title: string): string[] {
  const [, rest = ''] = source.split(`test('${title}', async () => {\n`)
  const [body = ''] = rest.split('\n})')
  return body.split('\n')
}

test("the README's test of a user is one that runs here, in less than ten lines", () => {
  const title = 'asks again when stale, goes on after the password, stops on cancel'
  const body = bodyOf(read('test/testing/delete-button.browser.test.tsx'), title)
  expect(body.join('\n')).toContain('completeStepUp(client)')
  expect(body.length).toBeLessThan(10)
  expect(bodyOf(read('README.md'), title)).toEqual(body)
})
