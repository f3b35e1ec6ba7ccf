import { ApiKeysPage } from './api-keys.js'
import { AuditLog } from './audit-log.js'
import type { Page } from './auth-system.js'
import { pages as ownPages, signIn, signOut, useAccount } from './auth.js'
import { BillingPage } from './billing.js'
import { FirstPage } from './first-page.js'
import { SignInAge } from './freshness.js'
import { Link } from './link.js'
import { usePath } from './location.js'
import { PayoutsPage } from './payouts.js'
import { ProjectsPage } from './projects.js'
import { Work } from './work.js'

const first: Page = { title: 'Try it', content: <FirstPage />, open: true }
const pages: Readonly<Record<string, Page>> = {
  '/': first,
  '/projects': { title: 'Projects', content: <ProjectsPage /> },
  '/api-keys': { title: 'API keys', content: <ApiKeysPage /> },
  '/billing': { title: 'Billing', content: <BillingPage /> },
  '/payouts': { title: 'Payouts', content: <PayoutsPage /> },
  ...ownPages,
}

export function App() {
  const path = usePath()
  const { status, error } = useAccount()
  const page = pages[path] ?? first
  return (
    <>
      <Header path={path} />
      <div className="columns">
        <main>
          <Work />
          {error !== undefined && (
            <p className="notice" role="alert">
              Signing in did not work: {error}
            </p>
          )}
          {page.open || status === 'signed_in' ? (
            page.content
          ) : (
            <p className="notice">
              {status === 'loading' ? 'One moment…' : 'Sign in to see this page.'}
            </p>
          )}
        </main>
        <AuditLog />
      </div>
    </>
  )
}

function Header({ path }: { path: string }) {
  const { name, status } = useAccount()
  return (
    <header className="bar">
      <strong className="brand">Acme Console</strong>
      <nav aria-label="Pages">
        {Object.entries(pages).map(
          ([to, { title, hidden }]) =>
            !hidden && (
              <Link key={to} to={to} current={to === path}>
                {title}
              </Link>
            ),
        )}
      </nav>
      {status === 'signed_in' ? (
        <div className="person">
          <span>
            <b>{name}</b>
            <SignInAge />
          </span>
          <button type="button" onClick={signOut}>
            Sign out
          </button>
        </div>
      ) : (
        <button type="button" className="primary" onClick={signIn}>
          Sign in
        </button>
      )}
    </header>
  )
}
