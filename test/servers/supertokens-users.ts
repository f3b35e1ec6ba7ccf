// The people of the demo, as a SuperTokens core tells of them; and how it recognises them.
import {
  authenticate,
  demoAccounts,
  findUser,
  findUserByEmail,
  findUserByUpstreamSubject,
  type User,
} from '../../demo/idp/users.js'

export { authenticate, findUser, findUserByEmail }

const RECIPES = { password: 'emailpassword', code: 'passwordless', sso: 'thirdparty' } as const
const JOINED = Date.parse('2026-01-01')
export const INITECH = 'initech'

const subjectAt = ({ id }: User) =>
  ['initech-1001'].find((subject) => findUserByUpstreamSubject(subject)?.id === id)

/** As `GET /user/id` has it; their one login method is the one that they have in every demo. */
export function userOf(user: User) {
  const { id, email, method } = user
  const subject = method === 'sso' ? subjectAt(user) : undefined
  const thirdParty = subject === undefined ? undefined : { id: INITECH, userId: subject }
  return {
    ...{ id, isPrimaryUser: false, tenantIds: ['public'], timeJoined: JOINED },
    ...{ emails: [email], phoneNumbers: [], webauthn: { credentialIds: [] } },
    thirdParty: thirdParty ? [thirdParty] : [],
    loginMethods: [
      {
        ...{ recipeId: RECIPES[method], recipeUserId: id, tenantIds: ['public'], email },
        ...{ timeJoined: JOINED, verified: true, ...(thirdParty && { thirdParty }) },
      },
    ],
  }
}

export const byEmail = (email: string | null) => {
  const found = demoAccounts.find((account) => account.email === email)
  return found && findUserByEmail(found.email)
}

/** Of a company's provider, by what the person is known as there. */
export const bySubject = (provider: unknown, subject: unknown) =>
  provider === INITECH ? findUserByUpstreamSubject(String(subject)) : undefined
