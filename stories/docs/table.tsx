import './docs.css'

/** A text with its `code`. */
export const Words = ({ text }: { readonly text: string }) =>
  text.split('`').map((piece, index) => (index % 2 ? <code key={index}>{piece}</code> : piece))

interface TableProps {
  readonly caption?: string
  readonly head: readonly string[]
  /** Texts with their `code`; the first of each row is what the row is about. */
  readonly rows: readonly (readonly string[])[]
}

export function Table({ caption, head, rows }: TableProps) {
  return (
    <table className="words">
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          {head.map((text) => (
            <th key={text} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = '', ...others]) => (
          <tr key={first}>
            <th scope="row">
              <Words text={first} />
            </th>
            {others.map((text, index) => (
              <td key={index}>
                <Words text={text} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
