import { expect, test } from 'vitest'
import { directionOf, personOf } from '../../src/dialogs/wording.js'

test.each([
  [{ name: 'Ada Lovelace', loginHint: 'ada@acme.test' }, ['Ada Lovelace', 'a•••@acme.test']],
  [{ name: 'Ada Lovelace', loginHint: '+49 (0)151 234-567' }, ['Ada Lovelace', '•••• 67']],
  [{ loginHint: '0151 234567' }, ['•••• 67']],
  // What nobody can write to or call is the name that they know themselves by.
  [{ name: 'Ada Lovelace', loginHint: 'ada' }, ['Ada Lovelace', 'ada']],
  [{ loginHint: '@ada' }, ['@ada']],
  [{ loginHint: 'ada1815' }, ['ada1815']],
  // Many apps have no other name than the address.
  [{ name: 'ada@acme.test', loginHint: 'ada@acme.test' }, ['a•••@acme.test']],
  [{ name: ' ', loginHint: ' ada@acme.test ' }, ['a•••@acme.test']],
  [{ name: '👩‍💻@acme.test' }, ['👩•••@acme.test']],
  [{}, []],
  [undefined, []],
])('of %j is shown %j', (account, lines) => {
  expect(personOf(account)).toEqual(lines)
})

test.each(['ar', 'ar-EG', 'he', 'fa', 'ur', 'ckb', 'dv', 'yi', 'pa-Arab', 'az-Arab-IR', 'ff-Adlm'])(
  '%s runs from right to left',
  (locale) => {
    expect(directionOf(locale)).toBe('rtl')
  },
)

test.each(['en', 'es', 'fr', 'de', 'ja', 'pa', 'az', 'ku', 'he-Latn', 'ar-Latn', 'zh-Hant-TW'])(
  '%s runs from left to right',
  (locale) => {
    expect(directionOf(locale)).toBe('ltr')
  },
)
