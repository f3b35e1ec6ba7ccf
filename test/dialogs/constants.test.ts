import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cssVariables, dataAttributes, parts } from '../../src/dialogs/constants.js'

const folder = new URL('../../src/dialogs/', import.meta.url)
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')
const styles = readFileSync(new URL('styles.css', folder), 'utf8')

const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort()

test('every part that is rendered is a constant, and every constant is rendered', () => {
  expect(found(sources, /data-step-up="([\w-]+)"/g)).toEqual(Object.values(parts).sort())
})

test('the stylesheet knows the constants and nothing else', () => {
  expect(found(styles, /(--[\w-]+)/g)).toEqual(Object.values(cssVariables).sort())
  const attributes: readonly string[] = Object.values(dataAttributes)
  for (const name of found(styles, /\[(data-[\w-]+)/g)) {
    expect(attributes).toContain(name)
  }
  for (const name of found(styles, /\[data-step-up='([\w-]+)'\]/g)) {
    expect(Object.values(parts)).toContain(name)
  }
})

test('no style and no script is inline, so that a strict Content-Security-Policy holds', () => {
  expect(sources).not.toMatch(/\bstyle=|dangerouslySetInnerHTML|innerHTML|<script|<style/)
})

test('no text stands outside of messages.ts', () => {
  // Between tags, or in an attribute that people hear or see.
  expect(sources).not.toMatch(/>\s*[A-Z][a-z]+[^<>{}=();]*<\//)
  expect(sources).not.toMatch(/(aria-label|title|alt|placeholder)="/)
})

test('a part of somebody else needs nothing of the dialogs but their types', () => {
  const foreign = new URL('../../stories/foreign/', import.meta.url)
  const imports = readdirSync(foreign)
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(new URL(name, foreign), 'utf8'))
    .flatMap((code) => [...code.matchAll(/^import (.*) from '(react-step-up.*)'/gm)])
  expect(imports.length).toBeGreaterThan(0)
  for (const [line] of imports) expect(line).toMatch(/^import type /)
})
