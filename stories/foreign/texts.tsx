import { useDialog, type DialogComponents } from 'react-step-up/dialogs'

export const Text: DialogComponents['Text'] = ({ children, id }) => (
  <p id={id} className="fx-text">
    {children}
  </p>
)

export const Items: DialogComponents['Items'] = ({ labels }) => {
  const { messages } = useDialog()
  const named = labels.filter((label) => label !== null)
  const others = labels.length - named.length
  const lines = others > 0 ? [...named, messages.unnamed(others)] : named
  return (
    <ul className="fx-items">
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}

export const Facts: DialogComponents['Facts'] = ({ labels, account }) => {
  const { messages } = useDialog()
  return (
    <table className="fx-facts">
      <tbody>
        <tr>
          <th scope="row">{messages.action}</th>
          <td>
            <Items labels={labels} />
          </td>
        </tr>
        <tr>
          <th scope="row">{messages.account}</th>
          <td>{account?.loginHint ?? account?.name}</td>
        </tr>
      </tbody>
    </table>
  )
}

export const Notice: DialogComponents['Notice'] = ({ title, text }) => (
  <div role="alert" className="fx-notice">
    <b>{title}</b> {text}
  </div>
)

export const Actions: DialogComponents['Actions'] = ({ children }) => (
  <div className="fx-actions">{children}</div>
)

export const Icon: DialogComponents['Icon'] = ({ tone }) => (
  <span className="fx-icon" aria-hidden="true">
    {tone === 'good' ? '✓' : tone === 'warn' ? '!' : '?'}
  </span>
)

export const Spinner: DialogComponents['Spinner'] = () => (
  <span className="fx-icon" aria-hidden="true">
    …
  </span>
)
