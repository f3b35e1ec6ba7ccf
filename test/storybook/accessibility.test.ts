// The Storybook's page on accessibility promises a test for each criterion: they are there, by name.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { beyond, criteria } from '../../stories/docs/criteria.js'
import { root } from '../ensure.mjs'

const wanted = [
  ...['1.3.5', '1.4.10', '1.4.11', '2.1.2', '2.2.1', '2.4.3', '2.4.11', '2.5.8'],
  ...['3.3.1', '3.3.3', '3.3.7', '3.3.8', '4.1.3'],
]

/** A test by its title, or a story by its export. */
const has = (file: string, title: string): boolean => {
  const source = readFileSync(root + file, 'utf8')
  if (!file.includes('.stories.')) return source.includes(title)
  return new RegExp(`^export const ${title}: Story = \\{[\\s\\S]*?\\bplay: `, 'm').test(source)
}

test('each criterion has a row, and says how it is met', () => {
  expect(criteria.map(({ what }) => what.split(' ')[0])).toEqual(wanted)
  expect(criteria.filter(({ how = '' }) => how === '')).toEqual([])
})

test.each([...criteria, ...beyond])('$what: the test is there', ({ file, test }) => {
  expect(has(file, test), `${file} › ${test}`).toBe(true)
})

test('a test that is not there would be missed', () => {
  expect(has('test/dialogs/accessibility.browser.test.tsx', '9.9.9: no such thing')).toBe(false)
  expect(has('stories/magic-code-dialog.stories.tsx', 'NoSuchStory')).toBe(false)
})
