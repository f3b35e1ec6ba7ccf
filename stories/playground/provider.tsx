interface ProviderProps {
  readonly onSignIn: () => void
  readonly onCancel: () => void
}

/** The page of the identity provider; how it answers is set beside it. */
export function Provider({ onSignIn, onCancel }: ProviderProps) {
  return (
    <div className="app provider">
      <h2>Acme ID</h2>
      <p>Acme Console asks you to sign in again, Ada.</p>
      <div className="buttons">
        <button type="button" onClick={onSignIn}>
          Sign in again
        </button>
        <button type="button" onClick={onCancel}>
          Do not sign in
        </button>
      </div>
    </div>
  )
}
