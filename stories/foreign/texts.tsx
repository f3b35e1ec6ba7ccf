import type { DialogComponents } from 'react-step-up/dialogs'

export const Text: DialogComponents['Text'] = ({ children }) => (
  <p className="fx-text">{children}</p>
)

export const Items: DialogComponents['Items'] = ({ lines }) => (
  <ul className="fx-items">
    {lines.map((line, index) => (
      <li key={index}>{line}</li>
    ))}
  </ul>
)

export const Facts: DialogComponents['Facts'] = ({ action, items, account, person }) => (
  <table className="fx-facts">
    <tbody>
      <tr>
        <th scope="row">{action}</th>
        <td>{items}</td>
      </tr>
      <tr>
        <th scope="row">{account}</th>
        <td>{person.join(', ')}</td>
      </tr>
    </tbody>
  </table>
)

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
