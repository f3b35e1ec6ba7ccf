// Everything that people read comes from the messages, whatever way it is put into the code.
import { readdirSync, readFileSync } from 'node:fs'
import { english } from 'react-step-up/dialogs/messages/en'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const folder = new URL('../../src/dialogs/', import.meta.url)
const sources = readdirSync(folder)
  .filter((name) => /\.tsx?$/.test(name) && name !== 'messages.ts' && name !== 'failures.ts')
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)

/** Attributes whose value is read out or shown. */
const SPOKEN = /^(aria-(label|description|placeholder|roledescription|valuetext)|title|alt|label)$/
/** Two words beside each other, or one that begins like a sentence. */
const PROSE = /\p{L}{2,}[,.:]? \p{L}{2,}|^\p{Lu}\p{Ll}+[.!?…:]?$/u

/** What stands in `code` for people, with its line. */
function textsIn(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const report = (node: ts.Node, text: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${name}:${line + 1} ${text.trim()}`)
  }
  const visit = (node: ts.Node): void => {
    // Types, names of modules, and errors for developers are read by nobody else.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return
    if (ts.isJsxText(node)) {
      if (/\p{L}/u.test(node.text)) report(node, node.text)
    } else if (isText(node)) {
      const text = node.text
      const attribute = ts.findAncestor(node, ts.isJsxAttribute)
      const spoken = attribute && SPOKEN.test(attribute.name.getText()) && /\p{L}/u.test(text)
      if (spoken || (PROSE.test(text) && !isKey(node))) report(node, text)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateHead =>
  ts.isStringLiteralLike(node) ||
  node.kind === ts.SyntaxKind.TemplateHead ||
  node.kind === ts.SyntaxKind.TemplateMiddle ||
  node.kind === ts.SyntaxKind.TemplateTail

/** A name that something is compared with, and never shown: `key === 'Enter'`. */
const isKey = ({ parent }: ts.Node) =>
  ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())

test.each(sources)('%s says nothing of its own', (name, code) => {
  expect(textsIn(name, code)).toEqual([])
})

describe('the check itself finds a text', () => {
  test.each([
    ['between tags', '<p>Try again</p>'],
    ['in small letters', '<p>try</p>'],
    ['as a child', "<p>{late ? 'Too late' : null}</p>"],
    ['of one word', "<p>{'Cancel'}</p>"],
    ['around a value', '<p>{`Sent to ${place} by mail`}</p>'],
    ['in a spoken attribute', '<button aria-label="close" />'],
    ['in one, computed', "<button aria-label={open ? 'close' : undefined} />"],
    ['in a variable', "'One moment, please'"],
    ['in a call', "announce('One moment, please')"],
  ])('%s', (_, code) => {
    expect(textsIn('x.tsx', `const x = ${code}`)).not.toEqual([])
  })
})

test('every text of the messages is said somewhere', () => {
  const code = sources.map(([, text]) => text).join('\n')
  // `messages[outcome]`, in outcome-screen.tsx.
  const computed = ['unknown', 'elsewhere']
  const isSaid = (key: string) =>
    computed.includes(key) ||
    new RegExp(
      `messages\\.${key}\\b|\\{[^{}]*\\b${key}\\b[^{}]*\\}(: Messages| = messages)\\b`,
    ).test(code)
  const { locale: _, ...said } = english
  expect(Object.keys(said).filter((key) => !isSaid(key))).toEqual([])
})
