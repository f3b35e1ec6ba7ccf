import { posix } from 'node:path'
import ts from 'typescript'
import { root } from '../ensure.mjs'

export interface Block {
  /** Where other blocks import it from: the path in its first line (`// src/step-up.ts`), or a number. */
  readonly name: string
  readonly code: string
  /** The line of the README above its first line. */
  readonly line: number
}

/** The ```ts and ```tsx blocks of a README, in order. */
export function codeBlocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(tsx?)\b[^\n]*\n([\s\S]*?)^```/gm)].map((match, index) => {
    const [, language, code] = match as unknown as [string, string, string]
    const path = /^\/\/ (\S+\.tsx?)\b/.exec(code)?.[1]
    return {
      name: path ?? `block-${index + 1}.${language}`,
      code,
      line: markdown.slice(0, match.index).split('\n').length,
    }
  })
}

/** What a reader has already, and no block shows: `<!-- declare … -->`, seen by every block. */
export const declarations = (markdown: string): string =>
  [...markdown.matchAll(/^<!-- declare\n([\s\S]*?)-->/gm)].map(([, code]) => code).join('\n')

/** What is outside of all READMEs, and the same for each. */
const parsed = new Map<string, ts.SourceFile>()

/** Compiles the blocks as modules of one app; what the compiler says, by line of the README. */
export function compileReadme(markdown: string): string[] {
  const folder = posix.join(root.replaceAll('\\', '/'), 'readme')
  const blocks = codeBlocks(markdown)
  const files = new Map(
    // `export {}`: a block without imports is a module too, and shares no names with the others.
    blocks.map(({ name, code }) => [posix.join(folder, name), `${code}\nexport {}\n`]),
  )
  files.set(posix.join(folder, 'declarations.d.ts'), declarations(markdown))

  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object }
  }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const host = ts.createCompilerHost({ ...options, configFilePath: `${root}tsconfig.json` })
  const { fileExists, readFile, directoryExists } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.readFile = (file) => files.get(file) ?? readFile(file)
  host.directoryExists = (path) =>
    [...files.keys()].some((file) => file.startsWith(`${path}/`)) || directoryExists!(path)
  host.getSourceFile = (file, target) => {
    const known = files.has(file) ? undefined : parsed.get(file)
    const text = known ? undefined : host.readFile(file)
    const source = text === undefined ? known : ts.createSourceFile(file, text, target)
    if (source && !files.has(file)) parsed.set(file, source)
    return source
  }
  const program = ts.createProgram([...files.keys()], options, host)

  const found = [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    const block = blocks.find(({ name }) => posix.join(folder, name) === path)
    return ts.getPreEmitDiagnostics(program, source).map(({ messageText, start = 0 }) => {
      const line = source!.getLineAndCharacterOfPosition(start).line + 1
      const place = block ? `README.md:${block.line + line}` : `a declare comment, line ${line}`
      return `${place} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
  // A syntax error is told twice, by the parser and by the checker.
  return [...new Set(found)]
}
