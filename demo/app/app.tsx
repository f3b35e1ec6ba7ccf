import type { ReactNode } from 'react'
import { useAuth } from 'react-oidc-context'
import { ApiKeysPage } from './api-keys.js'
import { AuditLog } from './audit-log.js'
import { BillingPage } from './billing.js'
import { FirstPage } from './first-page.js'
import { SignInAge } from './freshness.js'
import { navigate, usePath } from './location.js'
import { ProjectsPage } from './projects.js'

const pages: Readonly<Record<string, { title: string; content: ReactNode }>> = {
  '/': { title: 'Try it', content: <FirstPage /> },
  '/projects': { title: 'Projects', content: <ProjectsPage /> },
  '/api-keys': { title: 'API keys', content: <ApiKeysPage /> },
  '/billing': { title: 'Billing', content: <BillingPage /> },
}

export function App() {
  const path = usePath()
  const auth = useAuth()
  const page = pages[path] ?? pages['/']
  const open = auth.isAuthenticated || page === pages['/']
  return (
    <>
      <Header path={path} />
      <div className="columns">
        <main>
          {auth.error && (
            <p className="notice" role="alert">
              Signing in did not work: {auth.error.message}
            </p>
          )}
          {open ? page?.content : <SignInFirst loading={auth.isLoading} />}
        </main>
        <AuditLog />
      </div>
    </>
  )
}

function Header({ path }: { path: string }) {
  const auth = useAuth()
  const { name } = auth.user?.profile ?? {}
  return (
    <header className="bar">
      <strong className="brand">Acme Console</strong>
      <nav aria-label="Pages">
        {Object.entries(pages).map(([to, { title }]) => (
          <a
            key={to}
            href={to}
            aria-current={to === path ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault()
              navigate(to)
            }}
          >
            {title}
          </a>
        ))}
      </nav>
      {auth.isAuthenticated ? (
        <div className="person">
          <span>
            <b>{name}</b>
            <SignInAge />
          </span>
          <button type="button" onClick={() => void auth.signoutRedirect()}>
            Sign out
          </button>
        </div>
      ) : (
        <SignInButton />
      )}
    </header>
  )
}

function SignInButton() {
  const auth = useAuth()
  return (
    <button type="button" className="primary" onClick={() => void auth.signinRedirect()}>
      Sign in
    </button>
  )
}

function SignInFirst({ loading }: { loading: boolean }) {
  return <p className="notice">{loading ? 'One moment…' : 'Sign in to see this page.'}</p>
}
