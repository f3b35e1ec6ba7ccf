import { expect, test } from 'vitest'
import { typedCode } from '../../src/core/typed-code.js'

test.each([
  ['with spaces and a dash', ' 123 – 456 '],
  ['in full-width digits', '１２３　４５６'],
  ['in Arabic digits', '١٢٣٤٥٦'],
  ['in Persian digits', '۱۲۳۴۵۶'],
  ['in Devanagari digits', '१२३४५६'],
  ['with the marks that a mail puts around it', '\u2068\u200e123456\u2069'],
])('FAULTS 38: a code pasted %s is the code', (_, text) => {
  expect(typedCode(text, 6)).toBe('123456')
})

test('a code of any length keeps its letters', () => {
  expect(typedCode('A1b2-C3d4 E5f6')).toBe('A1b2C3d4E5f6')
  expect(typedCode('1234567', 6)).toBe('123456')
})
