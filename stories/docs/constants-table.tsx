/// <reference types="vite/client" />
// The tables of names to style by. Their words are the comments of the source: nothing is said twice.
import { closeReasons, cssVariables, dataAttributes, parts } from 'react-step-up/dialogs'
import { Table } from './table.js'

/** As text: the module itself comes by its public name. */
const [source = ''] = Object.values(
  import.meta.glob<string>('../../src/dialogs/constants.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)

const constants = { parts, dataAttributes, cssVariables, closeReasons }

/** What stands in the comment above one line of one constant. */
function commentsOf(name: keyof typeof constants): ReadonlyMap<string, string> {
  const [, body = ''] =
    new RegExp(`export const ${name} = \\{([\\s\\S]*?)\\n\\}`).exec(source) ?? []
  const lines = body.matchAll(/(?:\/\*\* ([^*]*) \*\/\s*)?(\w+): '/g)
  return new Map([...lines].map(([, comment = '', key = '']) => [key, comment]))
}

interface ConstantsTableProps {
  readonly of: keyof typeof constants
  /** What the values are. */
  readonly caption: string
}

export function ConstantsTable({ of, caption }: ConstantsTableProps) {
  const comments = commentsOf(of)
  const rows = Object.entries(constants[of]).map(([key, value]) => [
    `\`${value}\``,
    comments.get(key) ?? '',
  ])
  return <Table caption={caption} head={['Name', 'What it is']} rows={rows} />
}
