import {
  createDescopeAdapter,
  type DescopeAdapter,
  type DescopeMethod,
} from 'react-step-up/adapters/descope'

const company: DescopeMethod = { sso: 'initech', label: 'Initech SSO' }

/** What people can confirm with; at Initech they have no password of ours. */
export const adapter: DescopeAdapter = createDescopeAdapter({
  methods({ email = '' }) {
    if (email.endsWith('@initech.test')) return [company]
    return email === 'grace@acme.test' ? ['code', 'link'] : ['password', 'code', 'passkey']
  },
})
