// Sessions, as a SuperTokens core keeps them: a handle, the payload of the access token, and refresh
// tokens of which each is good once.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { decodeJwt, SignJWT } from 'jose'
import { signingKeys } from './signing-keys.js'

/** Seconds, as the core has them by default. */
const ACCESS_TOKEN_LIFETIME = 3600
const REFRESH_TOKEN_LIFETIME = 100 * 86_400

interface Session {
  readonly handle: string
  readonly userId: string
  userDataInJWT: Record<string, unknown>
  refreshToken: string
  readonly timeCreated: number
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

export async function createSessions() {
  const kid = `d-${randomUUID()}`
  const { privateKey, jwks } = await signingKeys(kid)
  const sessions = new Map<string, Session>()
  const byRefreshToken = new Map<string, Session>()

  function renewRefreshToken(session: Session): void {
    byRefreshToken.delete(session.refreshToken)
    session.refreshToken = randomBytes(48).toString('base64url')
    byRefreshToken.set(session.refreshToken, session)
  }

  async function answer(session: Session) {
    const { handle, userId, userDataInJWT, refreshToken } = session
    const now = Math.floor(Date.now() / 1000)
    const exp = now + ACCESS_TOKEN_LIFETIME
    const token = await new SignJWT({
      ...userDataInJWT,
      ...{ sub: userId, rsub: userId, tId: 'public', sessionHandle: handle, iat: now, exp },
      ...{ refreshTokenHash1: hash(refreshToken), antiCsrfToken: null },
      // Of a session whose refresh has been confirmed, so that it is verified without asking here.
      parentRefreshTokenHash1: null,
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, version: '5' })
      .sign(privateKey)
    const createdTime = now * 1000
    return {
      status: 'OK',
      session: { handle, userId, recipeUserId: userId, userDataInJWT, tenantId: 'public' },
      accessToken: { token, expiry: exp * 1000, createdTime },
      refreshToken: {
        ...{ token: refreshToken, createdTime },
        expiry: (now + REFRESH_TOKEN_LIFETIME) * 1000,
      },
    }
  }

  const unauthorised = { status: 'UNAUTHORISED', message: 'That session is not known.' }

  return {
    jwks,
    create({ userId, userDataInJWT }: Record<string, unknown>) {
      const session: Session = {
        ...{ handle: randomUUID(), userId: String(userId), refreshToken: '' },
        userDataInJWT: userDataInJWT as Session['userDataInJWT'],
        timeCreated: Date.now(),
      }
      sessions.set(session.handle, session)
      renewRefreshToken(session)
      return answer(session)
    },
    /** New tokens; the payload is what it was. */
    async refresh({ refreshToken }: Record<string, unknown>) {
      const session = byRefreshToken.get(String(refreshToken))
      if (!session) return unauthorised
      renewRefreshToken(session)
      return answer(session)
    },
    /** A new access token for a new payload. */
    async regenerate({ accessToken, userDataInJWT }: Record<string, unknown>) {
      const session = sessions.get(String(decodeJwt(String(accessToken)).sessionHandle))
      if (!session) return unauthorised
      session.userDataInJWT = userDataInJWT as Session['userDataInJWT']
      const { refreshToken: _, ...rest } = await answer(session)
      return rest
    },
    find(handle: string | null) {
      const session = sessions.get(handle ?? '')
      if (!session) return unauthorised
      const { userId, userDataInJWT, timeCreated } = session
      const expiry = timeCreated + REFRESH_TOKEN_LIFETIME * 1000
      return {
        ...{ status: 'OK', sessionHandle: handle, userId, recipeUserId: userId, userDataInJWT },
        ...{ userDataInDatabase: {}, tenantId: 'public', timeCreated, expiry },
      }
    },
    /** By their handles, or all of a person. */
    remove({ sessionHandles, userId }: Record<string, unknown>) {
      const gone = [...sessions.values()].filter(({ handle, userId: whose }) =>
        Array.isArray(sessionHandles) ? sessionHandles.includes(handle) : whose === userId,
      )
      for (const { handle, refreshToken } of gone) {
        sessions.delete(handle)
        byRefreshToken.delete(refreshToken)
      }
      return { status: 'OK', sessionHandlesRevoked: gone.map(({ handle }) => handle) }
    },
  }
}
